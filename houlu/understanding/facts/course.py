"""How the disease goes: whether and how progression was seen, its pattern, and whether it was tested again."""

from __future__ import annotations

import re

from houlu.understanding.clauses import Clause

_IMAGE = r"(?:ct|片子|核磁|磁共振|mri|mr|petct|影像|拍片|b超|彩超|骨扫描|复查|检查|扫描|照片|平扫|增强)"
_GREW = r"(?:大了|长大|增大|变大|长了|又长|又大|见大|变多|多了|又多|多出|新(?:的)?(?:病灶|长|出|发|冒|有|多|转移|结节)|有新|进展|扩散|涨了|长东西|转移了|翻倍|大咗|大左|长起来|冒出|长出|增多|显大|胖了一圈)"
_LESION = r"(?:病灶|结节|瘤子|肿瘤|肿块|瘤|那坨|那个东西|原发灶|胸膜|淋巴|肝上|骨头上|骨上|肺上|肺里|脑子里|脑里|主灶|阴影|疙瘩|癌)"
_STABLE = re.compile(
    r"(?:片子|ct|影像|病灶|片)[^,]{0,6}(?:没变|稳定|没大|没长|没变化|稳|没动|还好|没啥|没事|没拍|还没|没做|未)"
)
_IMAGING = re.compile(
    rf"{_IMAGE}.{{0,14}}{_GREW}|{_LESION}.{{0,8}}{_GREW}|(?:又|已经|也|都)(?:长|大|进展)了|(?:^|[^慢])长大了|大了一圈|(?:^| )大了"
)
_DOCTOR = re.compile(
    r"(?:医生|大夫|主任|专家|教授|医师|先生话|医院|主治)[^,。]{0,12}(?:耐药|耐了|进展|长大|大了|扩散|失效|没效|不行了|控制不住|有抗药)|(?:耐药|进展)[^,]{0,4}(?:医生|大夫|主任)(?:说|确认|定|看)|(?:确认|判定|诊断|定性|评估)(?:为|是|了)?(?:pd|进展|耐药)|评(?:估|效)?(?:是|为)?pd"
)
_DOCTOR_SAW = re.compile(r"(?:医生|大夫|主任|专家|教授)[^,]{0,6}(?:看|读|评)(?:过|了)")
_SAYS_GREW = re.compile(r"(?:说|就)(?:是|系)?(?:已经)?(?:耐药|进展|pd|长大|耐了|大了)")
_MARKER = re.compile(
    r"(?:cea|癌胚抗原|癌胚|标志物|标记物|指标|肿标|cyfra|nse|scc|ca125|指数)[^,]{0,10}(?:高|升|涨|翻|上去|超|爬|飙|上升|倍|多|箭头|跳|不降|又起来|往上)"
)
#: 「CEA 5涨到18」: the space before a number is a border of clauses elsewhere.
_MARKER_FROM_TO = re.compile(r"(?:cea|癌胚抗原|标志物|指标|cyfra|nse|scc|ca125) ?\d[\d.]* ?(?:涨|升|飙|爬|跳)")
#: Bare answers to 「是怎么知道药不管用的」.
_HOW = (
    ("doctor_confirmed", re.compile(r"(?:是)?(?:我们|他的|主治)?(?:医生|大夫|主任|专家|医师)(?:说|讲|话|告诉|看|判断|确认|定)?(?:的|我们的|出来的)?")),
    ("imaging", re.compile(rf"(?:是)?(?:拍|做|看|照|查)?(?:了|的|个)?{_IMAGE}(?:上|里)?(?:看|查|说|显示|发现|知道|提示)?(?:到|出来|出)?(?:的)?")),
    ("marker_only", re.compile(r"(?:是)?(?:抽血|验血)?(?:看|查)?(?:cea|癌胚抗原|标志物|肿瘤标志物|指标)(?:上)?(?:看|查)?(?:到|出来|出)?(?:的)?")),
)
_SYMPTOM = re.compile(
    r"没劲|没力气|乏力|累|瘦|掉秤|咳|疼|痛|喘|闷|不舒服|吃不下|没胃口|头晕|难受|没精神|气短|声音哑|背疼|腰疼|骨头疼|不得劲|虚"
)
_ASKS_WHETHER = re.compile(
    r"算不算|是不是|会不会|算进展|算耐药|才算|怎么算|多大|怎么判|叫耐药|叫进展|是否|吗$|[?？]$|什么叫|怎么才|谁说了算|为啥|为什么|咋判|系咪|算唔算"
)
_DEFINITION = re.compile(
    r"是啥|是什么|什么意思|啥意思|怎么分|区别|差别|一回事|那种|算慢|算快|分得清|是指|叫寡|算寡|是乜|咩意思|多少个|几个才|怎么定义|有啥不同|有什么不同|慢慢长的|跟|还是"
)

_PATTERNS = (  # the most serious first
    ("leptomeningeal", re.compile(r"脑膜(?:转|播散|上|癌)|软脑膜|脑脊液(?:里)?(?:有|找到|查到|发现)癌|膜转")),
    (
        "brain",
        re.compile(
            r"脑(?:转|里|子里|部|上|袋里|内|子|袋上)(?!膜)|颅内|小脑|脑干|(?<!骨)头里|(?<![骨肩指])头上.{0,4}(?:长|转|病灶|新)|脑.{0,3}(?:病灶|转移|进展|新)"
        ),
    ),
    (
        "widespread",
        re.compile(
            r"到处|全身|多处|多发|好几(?:个)?(?:处|地方|部位|个新)|几(?:个)?(?:处|地方|部位)(?:都|全|也)|广泛|爆发|满肺|满身|遍地|弥漫|全面(?:进展|开花)|周身|遍布|四处|处处|(?:肝|骨|淋巴|脑|胸膜|肾上腺)[^,]{0,6}(?:肝|骨|淋巴|肾上腺|胸膜)[^,]{0,6}(?:都|全|也)(?:有|是|转|长)"
        ),
    ),
    (
        "oligo",
        re.compile(
            r"(?:就|只|仅|单|光|独|才|净)(?:有|是|系)?[^,]{0,8}(?:一|1|两|2|俩|个别|单|几|这|那)(?:个|处|颗|块|点|粒)?(?:处|地方|病灶|结节|部位|点|灶|个)?[^,]{0,8}(?:长|大|进展|冒|新|多|转|活跃|不听话|变)|孤零零|寡进展|寡转移|(?:单个|单发|孤立)(?:的)?(?:病灶|一个|灶|结节)?[^,]{0,4}(?:长|大|进展)"
            r"|(?:一处|一个|两处|两个|1个|2个|一颗)(?:病灶|结节|地方|灶)?[^,]{0,4}(?:长|大|进展)[^,]{0,4}[,。 ]*(?:其他|其它|别处|别的|剩下|其余)[^,]{0,6}(?:稳|没|好|不变)|(?:其他|其它|别处|别的地方|其余)[^,]{0,6}(?:都|全)?(?:稳|没动|没变|没大|没长|没事|正常|挺好|还好)"
        ),
    ),
    (
        "slow",
        re.compile(
            r"(?:慢慢|缓慢|慢|一点点|一点儿|略|稍|稍微|轻微|有点点)(?:地|的|在)?(?:进展|增大|长|大|变大|见长)|长得(?:特别|很|比较|挺|好|蛮|还)?慢|大得(?:很|不)?慢|缓慢(?:进展|增大)|大了一点点?|大了一丢丢|长了一点点|进展(?:得)?(?:很|比较|挺)?慢"
        ),
    ),
)
_PATTERN_DENIED = re.compile(
    r"(?:没|没有|无|未见|未|不是|冇)(?:见|发现|有|出现|明显)?(?:脑|颅|到处|多发|广泛|寡|脑膜)|(?:脑|颅内|头)[^,]{0,4}(?:没事|没有|没转|没问题|没长|干净|没发现|稳定|正常)"
)

_ASKED = re.compile(
    r"吗|么$|行不|能不能|可不可以|要不要|用不用|还用|需要|必须|该不该|怎么|咋|准不|多少|哪个|几天|疼|怕|不想|不愿|不肯|好不|想|打算|准备|建议|让|叫|行吗|得唔得|要唔要|还是|会不会|就行|可以|可唔可以|贵|应该|再穿(?!了)|[?？]$"
)
_DONE = r"(?:了|过|完|做了|做过|咗|左|结果|报告|出来|显示|提示|查出|查到|测出|检出|说|没查|没测|没检|没有查|没验|有|查的|测的|验的|做的|抽的|取的|查的是|没发现|未检出|阴性|阳性)"
_TISSUE = re.compile(
    rf"(?:穿刺|活检|穿|扎针|取组织|取(?:了)?(?:块)?(?:组织|肉)|组织(?:检测|活检|标本|样本|基因|学|ngs)?|气管镜|支气管镜|胸腔镜|二次活检|再活检|手术标本|病理)[^,。]{{0,6}}?{_DONE}|穿了|扎了|做了(?:穿刺|活检|气管镜)|穿过|(?:重新|再|又)(?:穿刺|活检|取样|取材)(?!吗|么)|^(?:组织|穿刺|活检|取组织|穿刺的|组织的|做的穿刺|穿刺做的|穿的)$"
)
_BLOOD = re.compile(
    rf"(?:抽血|抽过血|抽了血|抽咗血|血检|验血|验过血|血液(?:检测|基因)?|液体活检|液检|ctdna|血里|血)[^,。]{{0,6}}?{_DONE}|(?:是|系)(?:抽血|血液|血检|验血)|^(?:抽血|血|血液|血检|验血|抽的血|血液检测|抽血的|液体活检)$|抽血(?:查|测|验)(?:的|了|过|出|到|没)|抽(?:过|了|咗)血|(?:做|查|验|测|抽)(?:了|过|咗)(?:次|个|管)?(?:血检|液体活检|液检|ctdna)"
)
_PENDING = re.compile(
    r"送检|送去?(?:做)?(?:了)?基因|送(?:了)?(?:去)?检|等(?:着)?(?:基因)?(?:结果|报告)|等基因|(?:结果|报告)(?:还)?(?:没|未|冇)(?:出|下|回|拿|到)|还没(?:出结果|出来|出报告)|没出结果|未出结果|(?:结果|报告)(?:还)?(?:得|要|需)(?:再)?(?:等|过)|刚(?:抽|穿|取|送|做)(?:了|完|去)|还在等|正在(?:做|测|查)基因|等出|结果没下来"
)
_NONE = re.compile(
    r"(?:没|没有|还没|未|从没|冇)(?:有)?(?:再|重新|重|去|给)?(?:次)?(?:做|查|测|验|穿|取|抽|复查)(?:过)?(?:第二次|二次|再次|新的|新|一次)?(?:的)?(?:基因|活检|穿刺|检测|血|组织|ngs|啥检测|任何检测|$|[,。 ])(?!到|出)"
    r"|基因(?:也|都|还)*(?:没|没有|未)(?:再|重新|重|去)?(?:查|测|做|验)(?!到|出)|(?:没|没有|还没|未)(?:再|重新)(?:查|测|做|验|穿|取)(?!到|出)|(?:活检|穿刺|检测)(?:也|都|还)*(?:没|没有|未)(?:做|弄|去|查|测|安排)|耐药(?:后|以后|之后)(?:还)?(?:没|没有|未)(?:再)?(?:查|测|验|做)(?!到|出)|啥(?:也|都)没查(?!到|出)|(?:^|[^还])没(?:再)?(?:查|测|验|做)过|还没(?:查|测|做)$|没有重新"
)
_MARKER_BLOOD = re.compile(r"cea|标志物|指标|血常规|肝功|白细胞|血小板|生化|癌胚")


def progression(text: str, clauses: list[Clause], *, asked: bool) -> str | None:
    """How progression is known from this message, or None. asked: the journey has just asked how it is known."""
    if asked and (how := next((how for how, words in _HOW if words.fullmatch(text.strip(" 。.!"))), None)):
        return how
    ours = [c for c in clauses if c.about_us]
    stated = [c for c in ours if not _ASKS_WHETHER.search(c.text)]
    if any(_DOCTOR.search(c.text) for c in stated) or (
        any(_DOCTOR_SAW.search(c.text) for c in ours) and any(_SAYS_GREW.search(c.text) for c in stated)
    ):
        return "doctor_confirmed"
    marker = any(_MARKER.search(c.text) for c in ours) or bool(len(ours) == len(clauses) and _MARKER_FROM_TO.search(text))
    if any(_IMAGING.search(c.text) and not _STABLE.search(c.text) and not _MARKER.search(c.text) for c in stated):
        return "imaging"
    if marker and not any(
        _IMAGING.search(c.text) and not _STABLE.search(c.text) and not _MARKER.search(c.text) for c in ours
    ):
        return "marker_only"
    if any(_SYMPTOM.search(c.text) for c in ours) and (
        asked or re.search(r"耐药|不灵|没效|失效|不管用|药效|抗药|是不是药|进展", text)
    ):
        return "symptoms_only"
    return None


def pattern(clauses: list[Clause], *, about_pattern: bool, asked: bool = False) -> str | None:
    """The most serious pattern stated, or None.

    about_pattern: the message asks what patterns are. asked: the journey has just asked for it.
    """
    for name, cue in _PATTERNS:
        for clause in clauses:
            if clause.about_us and cue.search(clause.text) and not _PATTERN_DENIED.search(clause.text):
                defined = _DEFINITION.search(clause.text) and not (asked and not clause.question)
                if defined or (about_pattern and clause.question):
                    continue
                return name
    return None


def rebiopsy(clauses: list[Clause], *, asked: bool) -> str | None:
    """Whether and how it was tested again, or None; in a correction the later word counts."""
    found = None
    for clause in clauses:
        if not clause.about_us or (
            not asked
            and _ASKED.search(clause.text)
            and not re.search(r"没(?:查|测|检)(?:到|出|着)|查出|查到|测出|检出|白抽", clause.text)
        ):
            continue
        if said := _rebiopsy_of(clause.text):
            found = said if found is None or clause.correction or _RANK[said] > _RANK[found] else found
            if said in ("blood", "tissue") and any(c.correction for c in clauses[: clauses.index(clause)]):
                found = said
    return found


_RANK = {"none": 0, "blood": 1, "tissue": 2, "pending": 3}


def _rebiopsy_of(text: str) -> str | None:
    if _PENDING.search(text):
        return "pending"
    if _NONE.search(text):
        return "none"
    if _TISSUE.search(text):
        return "tissue"
    if _BLOOD.search(text) and not _MARKER_BLOOD.search(text):
        return "blood"
    return None

"""How the disease goes: whether and how progression was seen, and its pattern."""

from __future__ import annotations

import re
from itertools import pairwise

from houlu.understanding.clauses import Clause
from houlu.understanding.facts.words import FAILED, NO

_IMAGE = r"(?:ct|片子|核磁|磁共振|mri|mr|petct|影像|拍片|b超|彩超|超声|骨扫描|复查|检查|扫描|照片|平扫|增强|胸片|片(?:上|里)|正电子|正子|pet)"
_NOT = r"(?<![没未无不冇])(?<![没未冇]有)(?<![没未]见)(?<![没未]再)(?<!没明显)"
_GREW = rf"(?:{_NOT}(?:大了|长大|增大|变大|长了|又长|又大|见大|进站|变多|多了|又多|又有|增多|增加|多出|长出|冒出|冒了|又冒|新(?:的)?(?:病灶|长|出|发|冒|有|多|转移|结节)|有新|有个?新的|进展|扩散|恶化|涨了|长东西|转移了|新的$|翻倍|大[咗左]|多咗|长起来|显大|胖了一圈|反弹|亮了|亮起|更大|大一圈|起来了|报大|鼓了|鼓起|肿了|肿大|冒新|新添|新增|新冒|新起|添了|疯长|猛长|扩大|又来|又[蹿窜]|复发|加重|浸润|代谢增高|活跃|较前(?:增|大|饱满|多|明显))|大(?:了)?(?:[\d一二两三四五六七八九半]+)(?:厘米|毫米|mm|cm|公分|圈))"
_LESION = r"(?:病灶|结节|瘤子|肿瘤|肿块|瘤|那坨|那个东西|原发灶|胸膜|胸水|胸腔积液|心包积液|积水|淋巴|肝上|肝里|骨头上|骨上|肺上|肺里|肺部|脑子里|脑里|脑袋里|主灶|阴影|疙瘩|癌|肾上腺)"
_STABLE = re.compile(
    r"(?:片子|ct|影像|病灶|片)[^,]{0,6}(?:没变|稳定|没大|没长|没变化|稳|没动|还好|没啥|没事|没拍|还没|没做|未|看不出|一样|差不多)"
)
_HAS_IMAGE = re.compile(_IMAGE)
_GROWN = re.compile(_GREW)
_IMAGING = re.compile(
    rf"{_IMAGE}.{{0,14}}{_GREW}|{_LESION}.{{0,8}}{_GREW}|{_GREW}[^,]{{0,6}}{_LESION}|(?:又|已经|也|都)(?:长|大|进展)了|\d(?:毫米|mm|公分|厘米|cm)(?:变成?|变为|长到|长成|增到|增至|到了|大到)\d|(?:病灶|原发灶|结节|瘤子?|肿块)(?:又|更|也|还是)?大$|(?:^|[^慢])长大了|大了一圈|(?:^| )大了|缩了又长|{_IMAGE}.{{0,14}}从?\d[\d.]*(?:厘米|公分|cm|毫米|mm)?(?:长|增|涨|大)?到\d"
)
_VERDICT = r"(?:(?<![不没])(?<!不算)(?<!不是)(?<!没有)(?:耐药|耐[了咧啦喇咗嘞]|抗药|进[展站]|长大|大了|长[了咗]|大咗|扩散|失效|失灵|没效|不灵|不当家|不顶(?:用|事|劲)|不中用|顶不住|没劲|不行了|控制不住|压不住|控不住|恶化|不管用了|没用了))"
_DOCTOR = re.compile(
    rf"(?:医生|大夫|主任|专家|教授|医师|先生话|医院|主治|护士长)[^,。]{{0,14}}{_VERDICT}|(?:耐药|进展)[^,]{{0,4}}(?:医生|大夫|主任)(?:说|确认|定|看)|(?:确认|判定|诊断|定性|评估)(?:为|是|了)?(?:pd|进展|耐药)|评(?:估|效)?(?:是|为)?pd"
)
_DOCTOR_SAW = re.compile(r"(?:医生|大夫|主任|专家|教授)[^,]{0,6}(?:看|读|评)(?:过|了|完)?")
#: 「才七个月就PD，医生亲口说的」
_DOCTOR_SAID = re.compile(r"(?:^|[是昨今前天儿日])(?:我们)?(?:医生|大夫|主任|专家|教授)(?:亲口|当面|自己|都|也)*(?:说|讲|定|判|确认|认定)的$")
#: 「医生说该换了 耐药」
_DOCTOR_TOLD = re.compile(r"(?:医生|大夫|主任|专家|教授|主治)[^,]{0,4}(?:说|讲|话)[^,]{0,6}")
_BARE_VERDICT = re.compile(r"(?:已经|是|就是|确实)?(?:耐药|进展|pd)(?:了)?")
_BY_SCAN = re.compile(rf"(?:是)?{_IMAGE}(?:上)?(?:看|说|查|拍)?(?:的|到的|出来的)?")
#: A gene that turned up is no growth.
_OF_A_GENE = re.compile(r"基因|突变|扩增|融合|v600e|t790m|c797s|ngs|靶点")
_FAILED = re.compile(rf"{_VERDICT}|(?<![a-z])pd(?![a-z0-9])")
_SAYS_GREW = re.compile(r"(?:说|就)(?:是|系)?(?:已经)?(?:耐药|进展|pd|长大|耐了|大了)")
_MARKER_NAME = r"(?:cea|癌胚抗原|癌胚|标志物|标记物|肿瘤标记|指标|肿标|cyfra\d*-?\d*|细胞角蛋白(?:19)?(?:片段)?|角蛋白|nse|scc|ca ?125|ca ?199|指数)"
_MARKER = re.compile(
    rf"{_MARKER_NAME}[^,]{{0,10}}?(?<!没)(?<!不)(?<!没有)(?<!没怎么)(?<!没再)(?<!没往)(?:高|升|涨|难看|不好看|翻|上去|超|爬|飙|蹿|窜|蹦|冒|倍|多|箭头|跳|冲|爆|破|又起来|往上|抬头|走高|上扬|噌|异常|不正常)"
)
_MARKER_BEFORE = re.compile(
    rf"{_MARKER_NAME}[^,]{{0,6}}[,， ]*\d[\d.]*(?:了|多)?[,， ]+(?:上次|上回|之前|原来|以前|前次)(?:才|只|只有|是)?\d|{_MARKER_NAME}[^,]{{0,4}}[,， ]*\d[\d.]*了"
)
#: 「CEA 5涨到18」: the space before a number is a border of clauses elsewhere.
_MARKER_FROM_TO = re.compile(rf"{_MARKER_NAME} ?(?:从 ?)?\d[\d.]* ?(?:→|->)|{_MARKER_NAME} ?(?:从 ?)?\d[\d.]* ?(?:一路)?(?:涨|升|飙|爬|跳|到|蹿|窜|蹦|冲)")
#: Bare answers to 「是怎么知道药不管用的」.
_HOW = (
    (
        "doctor_confirmed",
        re.compile(
            r"(?:是)?(?:我们|他的|主治)?(?:医生|大夫|主任|专家|医师)(?:说|讲|话|告诉|看|判断|确认|定)?(?:的|我们的|出来的)?"
        ),
    ),
    (
        "imaging",
        re.compile(
            rf"(?:是)?(?:拍|做|看|照|查)?(?:了|的|个)?{_IMAGE}(?:上|里)?(?:看|查|说|显示|发现|知道|提示)?(?:到|出来|出)?(?:的)?"
        ),
    ),
    (
        "marker_only",
        re.compile(
            r"(?:是)?(?:抽血|验血)?(?:看|查)?(?:cea|癌胚抗原|标志物|肿瘤标志物|指标)(?:上)?(?:看|查)?(?:到|出来|出)?(?:的)?"
        ),
    ),
)
_SYMPTOM = re.compile(
    r"没劲|没力气|懒得动|胃口(?:孬|差|不好)|乏力|累|瘦|掉秤|咳|疼|痛|喘|闷|不舒服|吃不下|没胃口|头晕|难受|没精神|气短|声音哑|背疼|腰疼|骨头疼|不得劲|虚|不香|吃不进|掉了?[^,]{0,3}斤|蔫|发软|走不动|出汗"
)
_FAILS = re.compile(rf"{FAILED}|药效|药力|是不是药|没用")
_ASKS_WHETHER = re.compile(
    r"算不算|是不是|会不会|算进展|算耐药|才算|怎么算|多大|怎么判|叫耐药|叫进展|是否|吗$|[?？]$|什么叫|怎么才|谁说了算|为啥|为什么|咋判|系咪|算唔算"
)
_DEFINITION = re.compile(
    r"会(?:引起|导致|造成|出现|发生|转)|引起|导致|容易|是啥|是什么|什么意思|啥意思|怎么分|区别|差别|一回事|那种|算慢|算快|分得清|是指|叫寡|算寡|是乜|咩意思|多少个|几个才|怎么定义|有啥不同|有什么不同|慢慢长的(?=跟|和|与|算|是|会|还|就)|跟|还是(?!长|有|大|转|进展|冒)"
)

_OTHERS = r"(?:其他|其它|别处|别的(?!药|办法|医院|突变|靶|基因|法)(?:地方|位置|部位|病灶|结节|地儿)?|其余|剩下|余下|第二?啲|第(?:二)?度|别个|另外(?:那|的|几)|旁的|(?:右|左|另一)边)"
_QUIET = r"(?:稳|没动|没变|没大|没长|没事|没啥|没闹|没反应|不动|正常|挺好|还好|好好|听话|老实|安静|安安|安生|安稳|企硬|硬净|冇动|消停|太平|平稳|(?:都|也)?没有?(?:$|[,。 ])|(?:莫|么|没)得?[事啥]|冇(?:$|[,。 ])|睡着|冇郁|冇变|冇嘢|冇事|冇大|冇长|唔郁|控制|缩)"
_NEW = r"(?:转|长|新|冒|有|多|大|病灶|结节|点|进展|发|俩|两|几|[\d一三四五]个|粒)"
_PATTERNS = (  # the most serious first
    (
        "leptomeningeal",
        re.compile(
            r"脑膜(?:转|播散|上|癌|受侵|有)|(?<!没)脑膜$|软脑膜|(?:脑脊液|腰穿|腰椎穿刺)[^,没未冇]{0,6}(?:有|到|着|发现|出|见)(?:了)?(?:恶性|癌|肿瘤细胞)|癌细胞[^,没]{0,6}(?:脑脊液|脑膜|脑水)|膜转"
        ),
    ),
    (
        "brain",
        re.compile(
            rf"脑转|(?<!股)脑(?:上|里|子里|部)(?:那|这|的|头)?[那这一]?(?:个|颗|俩|两|几|些)|(?<!股)脑(?:部|袋|子|度|壳|瓜|花|实质|里|内|上|仁|里头|子里头|袋里)*(?!膜|梗|出血|血管|瘤|供血|卒中|脊)[^,]{{0,5}}{_NEW}|颅内[^,]{{0,6}}{_NEW}|头颅(?:核磁|磁共振|增强|mri?|ct)*[^,]{{0,4}}{_NEW}|转移?(?:到|去|进|咗)+(?:了)?脑|(?:长|新|冒|转|多)[^,没无未脑]{{0,6}}(?<!股)脑(?:子|袋)?(?:里|上|部|内)|小脑|脑干|(?<!骨)头里[^,]{{0,4}}{_NEW}|(?<![骨肩指])头上.{{0,4}}(?:长|转|病灶|新)"
        ),
    ),
    (
        "widespread",
        re.compile(
            r"到处|全身|多处|好多个|许多个|零零碎碎|多发|好几(?:个)?(?:处|地方|部位|个新)|几(?:个)?(?:处|地方|部位)(?:都|全|也)|广泛|爆发|满肺|满身|遍地|弥漫|全面(?:进展|开花)|周身|遍布|四处|处处|哪哪|哪里都|哪都|满天星|遍地开花|四面开花|多点(?:开花|进展)|播散|一大片|全身跑|好多处|七八[个处]|十几[个处]|好几[个处]|好些|数不清|星星点点|撒得?到处"
        ),
    ),
    (
        "oligo",
        re.compile(
            r"(?:就|只|仅|单|光|独|才|净|^得)(?:有|是|系|剩)?[^,]{0,8}(?:一|1|两|2|俩|个别|单|几|这|那|[嗰𠮶])(?:个|处|颗|块|点|粒)?(?:处|地方|病灶|结节|部位|点|灶|个)?[^,]{0,8}(?:长|大|进展|冒|新|多|转|活跃|不听话|变)"
            r"|(?:就|只|仅|光|淨|净)(?:有|是|系)?(?:肺|肝|骨|淋巴|肾上腺)[^,]{0,4}(?:一|1)(?:处|个|粒|颗)|^(?:就|只有|只是|仅)(?:有|是)?(?:这|那)?(?:一|1)(?:处|个|颗|点|块|坨|粒)[^,]{0,6}$|(?:就|只|仅|光)[^,都全]{0,8}(?:长|冒|多|新|转)(?:出来?|了|起)?(?:一|1)(?:个|处|颗|块|粒|坨)|(?:肝|骨|肺|淋巴|肾上腺|胸膜)[^,脑]{0,3}(?:长|多|冒|新|添)(?:出|了|咗|增|发)?(?:一|1)(?:个|处|颗|块|粒)(?!又|个)|新[增发](?:肝|骨|肺|淋巴|肾上腺)[^,]{0,3}(?:一|1|单)(?:个|处|颗|块|粒)|(?:转移|病灶)(?:是)?单发|(?:就|只有|只)[^,都全]{0,4}那[块个处](?:在|又)?(?:闹|作怪|长|大|活跃)|单发(?:的)?(?:肝|骨|肺|脑)?转|(?:就|只|仅|光)(?:有|是)?[^,没都]{0,4}(?:肺|肝|肾上腺|骨头|淋巴|胸膜)[^,没都多]{0,4}(?:长|大|冒|进展)了(?!好|很|不少|几|多)|(?:唯独|独独|单独)[^,]{0,8}(?:长|大|冒|活跃|不听话|亮)|孤零零|单个$|寡进展|寡转移|(?:单个|单发|孤立)(?:的)?(?:病灶|一个|灶|结节)?[^,]{0,4}(?:长|大|进展)"
            r"|(?:一处|一个|两处|两个|1个|2个|一颗)(?:病灶|结节|地方|灶)?[^,]{0,4}(?:长|大|进展)[^,]{0,4}[,。 ]*(?:其他|其它|别处|别的|剩下|其余)[^,]{0,6}(?:稳|没|好|不变)"
        ),
    ),
    (
        "slow",
        re.compile(
            r"(?:一点一点|慢慢(?:咪咪|悠悠|腾腾|吞吞))(?:地|的|在)?(?:进展|增大|长|大|变大|见长)|(?:慢慢|缓慢|慢|一点点|一点儿|略|稍|稍微|轻微|有点点)(?:地|的|在)?(?:进展|增大|长|大|变大|见长)|长得(?:特别|很|比较|挺|好|蛮|还)?慢|大得(?:很|不)?慢|缓慢(?:进展|增大)|大了一点点?|大了一丢丢|长了一点点|进展(?:得)?(?:很|比较|挺|算)?慢|(?:说|讲)(?:长得|进展|算)?(?:比较|很)?慢$|(?:回回|次次|每次|每回|每趟|趟趟|年年|每年)[^,]{0,6}(?:大|长|增)[^,没]{0,4}(?:毫米|mm|点|丢丢|丝|米粒)|(?:毫米|mm)(?:毫米|mm)?地?(?:往上)?(?:长|大|爬)|^(?:很|特别|好|蛮|挺)?慢得?很?$|蜗牛|龟速|慢吞吞|慢腾腾|慢悠悠|一丁点|长得不快|没怎么长|[半一两]年(?:了|多|下来)?才(?:长|大)|(?:个月|月)才(?:长|大)"
        ),
    ),
)
#: 「其他都稳」 tells of few spots, unless it is the markers that are compared.
_OTHERS_QUIET = re.compile(rf"{_OTHERS}[^,]{{0,6}}{_QUIET}")
_ORDER = ("slow", "oligo", "widespread", "brain", "leptomeningeal")
#: 「骨头 肝 肾上腺 一下子全冒出来」: organs are listed, and what is said of all stands behind.
_ORGAN = r"(?:两?肺|肝脏?|骨头?上?|淋巴结?|肾上腺|胸膜|脾|胰腺?|卵巢|皮下|心包|脑子?里?|腹膜)"
_ALL_AT_ONCE = re.compile(
    rf"{_ORGAN}(?:(?:[ ,、/和跟同]|还有){{1,2}}{_ORGAN})+[ ,]*(?:这?[几三四两]个?(?:处|地方))?(?:(?:一下子?|一股脑儿?|同时|一起|一块儿?|一齐|齐齐|突然|都|全|通通|统统)+)[^,没冇未 ]{{0,4}}(?:有|冒|长|出|来|转|中招|沦陷|新|多)"
)
#: Organs in which something is: 「肝度都有,骨度都有」「肝骨肾上腺全是」
_SITES = re.compile(
    r"(?P<site>肝|骨|淋巴|肾上腺|胸膜|脾|胰|卵巢|皮下|心包|对侧|肺|脑(?!膜))(?=[^,]{0,12}?(?P<too>都|全|也)?(?:有|是|转|长|系|冒|新|多|亮|散))"
)
_DENIED_BEFORE = re.compile(
    rf"(?:{NO}|排除|不算|并非|看不到|不见)(?:见|发现|看到|看见|有|出现|明显|啥|什么|再|转到|查到)*$"
)
_DENIED_AFTER = re.compile(
    r"^[^,但可肺肝骨胸身]{0,4}(?:没事|老实|安稳|没有|没转|没问题|没长|没发现|没看|没新|干净|稳定|正常|阴性|好好|好的|冇|不是|没变|未见|没啥|控制(?:得|住|的)|缩小|都没)|^(?:核磁|mr|磁共振|ct)[^,]{0,6}(?:没|未|干净|正常|好)"
)
_DENIED_IN = re.compile(r"没|无|未|不是|冇")
_LONG_AGO = re.compile(r"老早|早就|原来就|以前就|确诊时|一开始就|初诊|本来就|当初|一直有|一直就")


def progression(clauses: list[Clause], *, asked: bool) -> str | None:
    """How progression is known, or None. asked: the journey has just asked how it is known."""
    text = clauses[0].text if len(clauses) == 1 else ""
    if asked and (how := next((how for how, words in _HOW if words.fullmatch(text.strip(" 。.!"))), None)):
        return how
    ours = [c for c in clauses if c.about_us]
    stated = [c for c in ours if not _ASKS_WHETHER.search(c.text) and not c.doubtful]
    if any(_DOCTOR_TOLD.fullmatch(a.text) and _BARE_VERDICT.fullmatch(b.text) for a, b in pairwise(stated)):
        return "doctor_confirmed"
    if any(_DOCTOR_SAID.search(c.text) for c in ours) and any(_FAILED.search(c.text) for c in stated):
        return "doctor_confirmed"
    if any(_DOCTOR.search(c.text) for c in stated) or (
        any(_DOCTOR_SAW.search(c.text) for c in ours) and any(_SAYS_GREW.search(c.text) for c in stated)
    ):
        return "doctor_confirmed"
    if any(_was_seen(c, clauses) for c in stated) or _seen_on(stated):
        return "imaging"
    if _marker_rose(clauses, ours):
        return None if any(_was_seen(c, clauses) for c in ours) else "marker_only"
    if any(_SYMPTOM.search(c.text) for c in ours) and (asked or any(_FAILS.search(c.text) for c in clauses)):
        return "symptoms_only"
    return None


def _seen_on(stated: list[Clause]) -> bool:
    """「进展了 PET看的」: the scan is named behind the verdict."""
    return any(_FAILED.search(one.text) and _BY_SCAN.fullmatch(then.text) for one, then in pairwise(stated))


def _was_seen(clause: Clause, clauses: list[Clause]) -> bool:
    """Growth in this clause, on the scan that this clause or one before it names."""
    if _OF_A_GENE.search(clause.text) and not re.search(_LESION, clause.text):
        return False
    if _MARKER.search(clause.text) or (_STABLE.search(clause.text) and not clause.text.endswith("大了")):
        return False
    scanned = any(_HAS_IMAGE.search(c.text) for c in clauses[: clauses.index(clause)] if c.about_us)
    return bool(_IMAGING.search(clause.text) or (scanned and _GROWN.search(clause.text)))


def _marker_rose(clauses: list[Clause], ours: list[Clause]) -> bool:
    if any(_MARKER.search(c.text) for c in ours):
        return True
    whole = ",".join(c.text for c in ours)
    return len(ours) == len(clauses) and bool(
        _MARKER_FROM_TO.search(whole.replace(",", " ")) or _MARKER_BEFORE.search(whole)
    )


def pattern(clauses: list[Clause], *, about_pattern: bool, asked: bool = False) -> str | None:
    """The most serious pattern stated, or None.

    about_pattern: the message asks what patterns are. asked: the journey has just asked for it.
    """
    stated = [c for c in clauses if c.known and not (about_pattern and c.question)]
    stated = [c for c in stated if not _DEFINITION.search(c.text) or (asked and not c.question)]
    found = {name for name, cue in _PATTERNS for clause in stated if _holds(cue, clause.text)}
    sites = {site: too for clause in stated for site, too in _sites(clause)}
    told = ",".join(c.text for c in stated)
    if not _MARKER.search(told) and any(_holds(_OTHERS_QUIET, c.text) for c in stated):
        found.add("oligo")
    if listed := _ALL_AT_ONCE.search(told):
        found.add("brain" if "脑" in listed.group().replace("股脑", "") else "widespread")
    if len(sites) >= 3 or (len(sites) == 2 and (asked or all(sites.values()))):
        found.add("widespread")
    return max(found, key=_ORDER.index, default=None)


def _holds(cue: re.Pattern[str], text: str) -> bool:
    return any(
        not _DENIED_BEFORE.search(text[: m.start()])
        and not _DENIED_AFTER.match(text[m.end() :])
        and not (m.group()[0] in "脑颅头" and (_DENIED_IN.search(m.group()) or _LONG_AGO.search(text)))
        for m in cue.finditer(text)
    )


def denied(clauses: list[Clause]) -> set[str]:
    """Patterns said not to be: 「脑子里那个不是转移」."""
    return {
        name
        for name, cue in _PATTERNS
        for clause in clauses
        if clause.known and not clause.question and cue.search(clause.text) and not _holds(cue, clause.text)
    }


def _sites(clause: Clause) -> list[tuple[str, bool]]:
    """Organs in which something is, and whether it is said "too" or of all."""
    if re.search(r"没|无|未|冇|稳定", clause.text):
        return []
    return [(m["site"], bool(m["too"])) for m in _SITES.finditer(clause.text)]

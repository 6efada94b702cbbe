"""Whether and how it was tested again after the drug failed."""

from __future__ import annotations

import re

from houlu.understanding.clauses import Clause

_ASKS = re.compile(
    r"吗|么$|行不|能不能|可不可以|要不要|用不用|还用|怎么|咋|准不|多少|哪个|几天|好不|行吗|得唔得|要唔要|还是|会不会|可唔可以|要多久|几时|[?？]$"
)
#: Wished, advised or feared: not done.
_WISHED = re.compile(
    r"需要|必须|该不该|疼|怕|不想|不愿|不肯|想|打算|准备|建议|让(?!.{0,2}等)|叫(?!.{0,2}等)|就行|可以|贵|应该|再穿(?!了)|下周|下星期|下个月|约在|约了|安排"
)
_RESULT = re.compile(r"没(?:查|测|检)(?:到|出|着)|(?<!能)查出|(?<!能)查到|测出|检出|白抽|阴|阳|做了|穿了|抽了")
_AT_DIAGNOSIS = re.compile(r"确诊时|初诊|一开始|第一次|当初|刚确诊|最早|手术时")
_DONE = r"(?:了|过|完|做了|做过|咗|左|结果|报告|出来|显示|提示|(?<!能)查出|(?<!能)查到|测出|检出|说|没查|没测|没检|没有查|没验|有|查的|测的|验的|做的|抽的|取的|查的是|没发现|未检出|阴性|阳性|病理|显示|示|的(?!话|时候|费)|没看到|不够|见)"
_TISSUE = re.compile(
    rf"(?:穿刺|活检|穿|扎针|取组织|取(?:了)?(?:块)?(?:组织|肉)|组织(?:检测|活检|标本|样本|基因|学|ngs)?|气管镜|支气管镜|胸腔镜|二次活检|再活检|重新穿|手术标本|病理)[^,。]{{0,6}}?{_DONE}|(?:二次|再次|新|重新做的)(?:的)?病理(?:上|里)?(?:写|报|诊断|是)|穿了|扎了|(?:是|就|刚|又|再|重新|新)?(?:穿|扎|取|夹|切)(?:的|了)(?:是)?(?:肝|肺|淋巴|骨|肾上腺|胸膜|锁骨|原发|组织|肉)|(?:新|重新|再|二次|这次)(?:穿|取|切|夹)(?:出来)?的?(?:组织|标本|样本|肉|病灶)|做了(?:穿刺|活检|气管镜)|有再?(?:做)?(?:穿刺|活检|取组织)(?!过?吗|的必要|必要|风险|没)|穿过|(?:重新|再|又)(?:穿刺|活检|取样|取材)(?!吗|么)|^(?:(?:是|系)(?:做)?)?(?:组织|穿刺|活检|取组织|穿|穿刺的|组织的|做的穿刺|穿刺做的|穿的)$"
)
#: Blood as a sample: not 血脂, not what is coughed up.
_BLOOD_ITSELF = (
    r"(?<![咳咯出吐贫便痰带流淤充补养气止尿鼻脑高低])血(?![脂压糖常小红白色氧尿栓管丝块痰肌钾钙象沉友泡崩晕痂腥性])"
)
_BLOOD = re.compile(
    rf"(?:抽血|抽过血|抽了血|抽咗血|血检|验血|验过血|血液(?:检测|基因)?|液体活检|液检|ctdna|血里|{_BLOOD_ITSELF})[^,。]{{0,6}}?{_DONE}|(?:是|系)(?:抽血|血液|血检|验血)|^(?:抽血|血|血的|血查的|血液|血检|验血|抽的血|新抽的血|血样|外周血|血液检测|抽血的|液体活检)$|抽血(?:查|测|验)(?:的|了|过|出|到|没)|抽(?:过|了|咗)(?:一|几|两)?(?:管|点|次|针管)?血|(?:做|查|验|测|抽)(?:了|过|咗)(?:次|个|管)?(?:血检|液体活检|液检|ctdna)"
)
_PENDING = re.compile(
    r"送检|送去?(?:做)?(?:了)?基因|送(?:了)?(?:去)?检|等(?:着)?(?:基因)?(?:结果|报告)|等基因|(?:结果|报告)(?:还)?(?:没|未|冇)(?:出|下|回|拿|到)|还没(?:出结果|出来|出报告)|没出结果|未出结果|(?:结果|报告)(?:还)?(?:得|要|需)(?:再)?(?:等|过)|刚(?:抽|穿|取|送|做)(?:了|完|去)|还在等|在等|(?:^|[了就])等着?$|(?:报告|结果)(?:说)?要[\d一二两三四五六七八九十]|刚(?:抽|穿|取)(?:的|完)|正在(?:做|测|查)基因|等着?出|等(?:着)?(?:活检|穿刺|基因|ngs)(?!结果好)|(?:结果|报告)(?:等着|(?:要)?(?:得)?(?:下周|下星期|下个?月|明天|后天|过几天))|等报告|结果没下来|等(?:着)?(?:通知|信|消息)|(?:样本|标本|血样?|组织)(?:已经)?(?:寄|送)(?:出|走|去|过去)|(?:结果|报告)[^,没未冇]{0,2}(?:没|未|冇)(?:有)?(?:出|下|回|拿|到|返|来)|(?:还|仲|都|暂时)(?:没|未|冇)(?:有)?(?:得)?(?:结果|报告|信儿?|消息)|(?:还)?在测|还?等着呢|(?:验|查|测|化验)[紧緊]|(?:未|冇)有(?:报告|结果)|排(?:着)?队|(?:还)?没(?:出来|回来|下来)"
)
_NONE = re.compile(
    r"(?:没|没有|还没|未|从没|冇)(?:有)?(?:再|重新|重|去|给)?(?:次)?(?:做|查|测|验|穿|取|抽|复查)(?:过)?(?:第二次|二次|再次|新的|新|一次)?(?:的)?(?:基因|活检|穿刺|检测|血|组织|ngs|啥检测|任何检测|$|[,。 ])(?!到|出)"
    r"|基因(?:也|都|还)*(?:没|没有|未)(?:再|重新|重|去)?(?:查|测|做|验)(?!到|出)|(?:没|没有|还没|未)(?:再|重新)(?:查|测|做|验|穿|取)(?!到|出)|(?:活检|穿刺|检测)(?:也|都|还)*(?:没|没有|未)(?:做|弄|去|查|测|安排)|耐药(?:后|以后|之后)(?:还)?(?:没|没有|未)(?:再)?(?:查|测|验|做)(?!到|出)|啥(?:也|都)没查(?!到|出|着|见)|(?:^|[^还])没(?:再)?(?:查|测|验|做)过|还没(?:查|测|做)$|没有重新|(?:没有?|还没|未|尚未|冇)(?:再次?|二次|重新)(?:做)?(?:活检|穿刺|扎针?|穿|测序|送检|取样)(?!到|出)|(?:尚未|未曾|不曾|莫)(?:再)?(?:行)?(?:做|查|测|验|检)|未(?:再)?(?:验|查|测|做)过|死活不(?:去|做|肯)|(?:穿刺|活检|检测|基因)[^,]{0,4}(?:没约|没排|没条件|没给)|没(?:条件|钱|机会|办?法)(?:再)?(?:去)?(?:做|查|测|穿|活检|取)|(?:^|坚决|硬是|就是)不(?:穿|查|测)(?:$|了)|(?:啥|什么|任何)(?:检查|检测|基因|活检)?(?:都|也)没(?:做|查|测)(?!到|出|着|见)|(?:没|未|冇)(?:穿|抽|取|做)(?:上|成|着|到组织)|(?:没敢|不敢|没舍得|没愿意|不肯|不愿意?|没让)(?:再)?(?:去)?(?:穿|做|查|抽|活检)|(?:就|所以|一直|还|也)(?:没|未)(?:去|敢)?(?:做|穿|抽|查|测)(?:了)?$|穿不了|取不了|^(?:我们|他|她)?(?:还|也)?(?:没|冇|未)(?:去|做|抽|穿|弄|排上|排到)$"
)
#: A day is set for it: 「约的下周二」「下周扎」.
_DAY = r"(?:下(?:个)?(?:周|星期|礼拜|月)|(?:这|本)(?:周|星期|礼拜)|周[一二三四五六日末]|星期[一二三四五六日天]|礼拜[一二三四五六日天]|明天|后天|听日|[\d一二三十]+[号日](?!线))"
_SAMPLE = r"(?:扎|穿|抽血[^,]{0,4}(?:基因|突变|ngs)|活检|取组织|取样|取材|气管镜|做基因|送检)"
_SET = re.compile(
    rf"(?:约|定|排|预约|安排)(?:的|了|到|在|好|上|咗)*(?:是)?{_DAY}|{_DAY}[^,复ct]{{0,4}}?(?:去|再|就|要)?(?:做)?{_SAMPLE}|(?:约|排|预约|安排)(?:了|好|上|咗){{1,2}}[^,]{{0,4}}{_SAMPLE}"
)
#: The sample did not do: it is not known any more than before.
_TOO_LITTLE = re.compile(
    r"(?:组织|标本|样本|取材|细胞|肉|量|血)[^,。]{0,4}(?:不够|太少|不足|少了|没够|不合格|唔够|不达标|废了)|(?:没|未|冇)(?:有)?(?:穿|取|扎|抽)(?:到|着)(?:癌|肿瘤|有用|组织|东西|$)|穿空|白穿"
)
_MARKER_BLOOD = re.compile(r"cea|标志物|指标|血常规|肝功|白细胞|血小板|生化|癌胚|肿标")
_SUBJECT = re.compile(
    r"镜|报告|拿去[查验]|穿|活检|基因|抽血|抽[了咗过走]|血里|检测|组织|再查|血检|测|重新|查过|测过|验过|再查|再测|再做|再验|复测|二次|突变|t?790|797|met|耐药|靶点|ngs"
)
_SCAN = re.compile(r"ct|片子|核磁|磁共振|彩超|骨扫描|拍片")
_RANK = {"none": 0, "blood": 1, "tissue": 2, "pending": 3}


def heard(clauses: list[Clause], *, asked: bool) -> str | None:
    """Whether and how it was tested again, or None. asked: the journey has just asked for it."""
    found = None
    too_little = any(_TOO_LITTLE.search(c.text) for c in clauses)
    for clause in clauses:
        if not clause.about_us or (_AT_DIAGNOSIS.search(clause.text) and "耐药" not in clause.text):
            continue
        said = _of(clause.text, asked or any(_SUBJECT.search(c.text) for c in clauses))
        if said and not asked and not _is_told(clause.text, said):
            continue
        if said == "tissue" and too_little:
            continue
        if said and (found is None or _RANK[said] > _RANK[found]):
            found = said
    return found


def _is_told(text: str, said: str) -> bool:
    """It is a statement: not asked, and, what was done, neither wished nor advised."""
    if _RESULT.search(text):
        return True
    wished = _WISHED.search(text) and not (re.search(r"结果|报告", text) or (said == "pending" and _SET.search(text)))
    return not _ASKS.search(text) and (said == "none" or not wished)


def _of(text: str, is_subject: bool) -> str | None:
    if _SET.search(text) and is_subject and not re.search(rf"{_SCAN.pattern}|{_MARKER_BLOOD.pattern}|复查", text):
        return "pending"
    if _PENDING.search(text) and is_subject and not _SCAN.search(text):
        return "pending"
    if _NONE.search(text) and is_subject:
        return "none"
    if _TISSUE.search(text):
        return "tissue"
    if _BLOOD.search(text) and not _MARKER_BLOOD.search(text):
        return "blood"
    return None

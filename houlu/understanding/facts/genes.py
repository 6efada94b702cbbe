"""The driver the case started with, what was found after the drug failed, and what was tested and not found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from houlu.knowledge.ids import driver_family
from houlu.understanding.clauses import Clause
from houlu.understanding.facts import shorthand
from houlu.understanding.facts.mentions import Mention, in_context
from houlu.understanding.facts.words import MISTAKEN, NO
from houlu.understanding.lexicon import Gene, Lexicon
from houlu.understanding.recognise import Entity

_SEEN = r"(?:查到|查出来|查出|查着|查见|检出|检到|检测到|检测出|测到|测出|发现|见到|见|看到|看见|找到|有|出现|验到|验出|做出)"
_NEGATIVE_BEFORE = re.compile(
    rf"(?<!除了)(?:{NO}(?:再|能|给)?{_SEEN}?(?:来)?(?:明显|新的?)?(?:什么|啥)?(?:的)?(?:有)?|排除了?(?:是)?|(?:查|测|检|验)不(?:到|出))$"
)
_NEGATIVE_AFTER = re.compile(
    r"^[(（]?(?:突变|位点|扩增|融合|基因|重排|检测|结果|[那这]?[行栏项]|血(?:里|液|中)|组织(?:里|中)|也|都|全|均|一概|统统|通通|一律|皆|后来|其实|一(?:个|样)(?:都|也)|这[几两仨俩]个|俩|仨|还|现在|目前|这次|这回|是|呈|为|的|呢|报|显示|转|变|又|,|，|\s)*(?:阴|[-－]|(?:笔误|写错|误报|看错|打错|弄错|搞错|假的)|(?:未|没|没有|唔)(?:能)?(?:查|检测|检|测|发现|验|找)(?:到|出|着|见)|未检测到|(?:没|没有|冇|未见|无|未检|没检出|没了|不是|不阳|唔系|野生|消失|丢失|丢了|没得了|不在了|不见了|没突变|没扩增)(?!做|查|测|检|验|说|出|报|问|用|药|办法|效|法|看|拿|写|标|提))"
)
_FOUND_CUE = re.compile(
    r"查出|查到|检出|检到|测出|测到|发现|显示|提示|报告|结果|出来|出现|冒出|多出|写的|写着|写了|查过|测过|验过|扩出|开大|说是|验出|验到|阳|出了|跑出|杀出|冒出|有(?!没有|用|啥|什么|哪)|突变了|扩增了|多[了咗]|冒|添|长出|转成|变成|转化|高|\+|确认|确诊|揾到|验咗|新增|合并|伴"
)
_DEFINITION = re.compile(
    r"是什么|是啥|啥意思|什么意思|咋回事|怎么回事|说人话|啥东西|什么东西|区别|差在哪|差别|有什么不同|一回事|是乜|咩意思|的原理|怎么来的|是不是就是|点解|属于|为啥会|为什么会|怎么会|咋会|算不算"
)
#: 「不知道有没有T790M」「是阳性还是阴性我忘了」
_NEGATION = re.compile(NO)
_UNKNOWN = re.compile(
    r"有没有|有冇|有无|还是阴|还是阳|是不是[阴阳]|是阴是阳|(?:不知道|不清楚|不晓得|不确定|不记得|忘了|记不)(?!.{0,6}(?:查到|查出|检出|测出))"
    r"|还没(?:查|测|检|验)(?:到|出)|(?:还没|没|未|冇)(?:有)?(?:出结果|出报告|结果|报告|出来|查$|查过|测$|测过|检$|检过|做|验过|验$|查[,，。]|看)|(?:结果|报告)(?:还)?(?:没|未)|(?:能|能不能|可以|会)(?:再)?(?:查|测|检|验|发现)"
)
_TEST_TARGET = re.compile(r"(?:查|测|验|(?<!活)检|做)(?:一下|下|个|不查|没查)?$")
#: 「血检C797S」「组织检797」: the kind of test stands before what it found.
_TESTED = re.compile(r"(?:血液?|组织|穿刺|活检|胸水|脑脊液|基因|抽血|ngs|二代)(?:检|测|查|验|做)(?:的|了)?$")
_TURNED_UP = re.compile(r"(?:冒|跑|长|蹦)?(?:了)?(?:出来|出现)|冒了|阳")
_TO_BE_TESTED = re.compile(r"想|要|准备|打算|建议|让|能|可以|没|未|怎么|多少|贵|去|还|再")
#: Which copy of the gene C797S lies on: 「C797S跟T790M呈反式」「797顺」.
_SIDE = re.compile(r"(?P<cis>(?<!手|孝)顺(?:式|$|的|,)|(?<!不在)(?<!不是)同一?(?:边|侧|条|个?链))|(?P<cis_en>(?<![a-z])cis(?![a-z]))|反(?:式|$|的)|(?<![a-z])trans(?![a-z])")
_ORIGIN = re.compile(r"本来|原来|一开始|最早|起初|当初|原先|最初|确诊时|刚查|原本|初诊|第一次|当时")
_NEW = re.compile(
    r"又|新|后来|出了|出现|跑出|半路|杀出|吃药(?:以|之)?后|才长|才有|才出|才冒|再次|重新|耐药后|耐药以后|耐药之后|这次|冒|多[了咗出]|添了|再查|二次|复测|失效后|进展后|变成|转"
)
_NEAR = 24  # so many characters behind a name still speak of it
_NEW_AFTER = re.compile(r"(?:才|后来|新)(?:有|长|出|冒)")
_OWN = re.compile(r"我|俺|咱|额|阿拉|爸|妈|爹|娘|老公|老婆|他是|她是|老伴|爷|奶|病人|患者|的\s*$")
_FAILED_AFTER = re.compile(r"^(?:阳性|融合|突变)?(?:的)?(?:已经)?(?:耐药|耐了|进展)(?!后|机制|性|的)")
_THING = r"(?:(?:耐药的?)?(?:基因|突变|靶点|位点|点位|东西|变化|结果|原因|名堂|异常|点(?!儿|点|钱|事|水|药)|靶(?!向|药)))"
_ANY = r"(?:什么|啥|任何|一个|其他|其它|别的|别|可用|明确|新的?|咩)"
_LOOKED = r"(?:查|检|测|验|找|发现|见|揾|逮|捞|摸|寻|揪|挖|抓)(?:到|出来|出|见|着)?"
_NOTHING = re.compile(
    rf"{_ANY}(?:的)?{_THING}+(?:也|都|全)*{NO}(?!再|去|过|做)|(?:什么|啥|任何|咩)(?:也|都|全)+{NO}(?=$|[,，。;； 有]|了$)|{_ANY}(?:也|都|全)*{NO}{_LOOKED}"
    rf"|(?<!还){NO}(?:能)?{_LOOKED}(?:来)?(?:{_ANY}|的)*{_THING}+|(?<!还){NO}(?:能)?{_LOOKED}(?:来)?(?:{_ANY}|的)+$"
    rf"|(?:突变|靶点|位点|点位)(?:也|都|全|一个)*(?:{NO}|没查|没测|没检|没找)(?:到|出)?|{NO}(?:了)?靶点|(?<!有)(?<!her2)(?<!egfr)(?<!met)(?<!alk)(?<!ros1)(?<!ras)(?<!braf){NO}(?:有)?(?:{_ANY}|的)*(?:耐药)?(?:基因)?(?:突变|靶点|位点)"
    rf"|全(?:部)?(?:是|都)?阴|都是阴性|结果(?:是|全|都)*阴性|全阴|基因全阴|(?:查|测|检|验)(?:了)?(?:个)?(?:一圈|半天|遍)?{_ANY}(?:也|都){NO}"
    r"|(?:抽血|血检|血液|液体活检|验血|穿刺|活检|组织)[^,。]{0,10}(?:没|未)(?:有)?(?:查|检|测|验)(?:着|到|出|见|出来)(?:来)?(?!t790m|c797s|met|790|797)(?:$|[,。 ]|东西|啥|什么)|没(?:有)?(?:查|检|测|验)出来$|没(?:有)?(?:查|测)着$|没(?:有)?(?:啥|什么)?新的$|没(?:啥|有)?别的(?:突变)?$"
)
_WILD_TYPE = re.compile(r"野生型|驱动基因(?:都|全|是)*(?:阴|没有)|一开始就?没有?突变|初诊[^,]{0,6}没突变")


#: Another sample showed it after all; what, stands in the clause before.
_AFTER_ALL = re.compile(
    r"(?:穿|组织|活检|肉|胸水|第二[次回]|再[抽查测])[^,]{0,8}(?:反倒|反而|倒是|倒|却|才|又)(?:给)?(?:查|测|验|检)?(?:着|到|出来|出|有|阳)了?$"
    r"|(?:反倒|反而|倒是|却)(?:给)?(?:查|测|验|检)(?:着|到|出来|出)了?$"
)
_REQUEST = re.compile(r"讲|说说|介绍|科普|解释|了解|请教|问|听说|假如|看看")
#: Behind a name it asks for that name: 「T790M 抽血查得到吗」.
_ABOUT_THE_NAME = re.compile(rf"{_DEFINITION.pattern}|查|测|检|验|什么样|啥样")


@dataclass
class Genes:
    """What one message says. driver: None when nothing was said of it. denied: drivers said not to be the one."""

    driver: str | None = None
    denied: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    negative: list[str] = field(default_factory=list)
    nothing_found: bool = False

    def take(self, finding: str | None, excluded: str | None) -> None:
        """A finding of another source: what the pathologist saw."""
        if finding and finding not in self.negative:
            self.findings, self.nothing_found = most_exact([*self.findings, finding]), False
        if excluded and excluded not in self.findings:
            self.negative.append(excluded)


def heard(
    text: str,
    clauses: list[Clause],
    entities: list[Entity],
    lexicon: Lexicon,
    *,
    telling: bool,
    known_driver: str | None,
    known: Sequence[str] = (),
) -> Genes:
    """Genes of this patient in one message.

    telling: the message tells facts or asks what to do with them, so a bare name is a fact; otherwise only what is
    said to be found counts. known_driver: the driver known before or inferred from the drugs. known: the findings told
    of before, whether they were there or not, and the ambiguous term just asked about.
    """
    said = Genes()
    positive: list[tuple[Gene, Clause, int]] = []
    named = [e for e in shorthand.names(text, entities, known) if e.label == "gene"]
    for name in in_context(text, clauses, named):
        gene = lexicon.genes[name.entity.id]
        if not name.clause.about_us or _UNKNOWN.search(name.clause.text):
            continue
        if MISTAKEN.search(name.prior):
            said.denied += [gene.as_driver] if gene.as_driver else []
        elif _is_negative(name):
            said.negative += [gene.as_finding] if gene.as_finding else []
            said.denied += [gene.as_driver] if gene.as_driver else []
        elif not (name.clause.doubtful or shorthand.is_bare(name.entity)) and _is_said(
            name, _line_before(text, name.entity.start), telling or _states(name.clause, clauses)
        ):
            positive.append((gene, name.clause, name.entity.start))
    if any(c.question for c in clauses):  # 「有790和没有790一样吗」 compares
        compared = {gene.as_finding for gene, _, _ in positive} & set(said.negative)
        positive = [p for p in positive if p[0].as_finding not in compared]
        said.negative = [n for n in said.negative if n not in compared]
    _sort_out(text, said, positive, known_driver)
    wild = bool(_WILD_TYPE.search(text))  # 「一开始是野生型,没有突变」 tells of the beginning
    said.nothing_found = (
        any(
            c.known and not _asks_only(c) and _NOTHING.search(c.text) and (_NEW.search(c.text) or not wild)
            for c in clauses
        )
        and not said.findings
    )
    if wild:
        said.driver = said.driver or "none"
    _turn_round(said, clauses)
    return said


def _turn_round(said: Genes, clauses: list[Clause]) -> None:
    """「血里没查着790,穿了一针反倒查着了」: what one sample did not show another one did."""
    if said.negative and any(c.known and not c.question and _AFTER_ALL.search(c.text) for c in clauses):
        said.findings = most_exact([*said.findings, said.negative.pop()])


def _states(clause: Clause, clauses: list[Clause]) -> bool:
    """A clause that tells beside others that ask or tell: its genes are facts, whatever the message wants."""
    if clause.question or _REQUEST.search(clause.text) or len(clauses) < 2:
        return False
    behind = clauses[clauses.index(clause) + 1 :][:1]
    return not any(c.question and _ABOUT_THE_NAME.search(c.text) for c in behind)


def _is_negative(name: Mention) -> bool:
    if _NEGATION.search(name.entity.text) or "不扩" in name.entity.text or _NEGATIVE_BEFORE.search(name.prior):
        return True
    if name.prior.endswith(("除了", "除")):  # 「除了790别的都没有」
        return False
    match = _NEGATIVE_AFTER.match(name.after)
    if match and match.group().endswith(("不是", "唔系")) and _another_follows(name):
        return False  # 「是ALK不是ROS1」 denies the second
    return bool(match and (not name.beyond or len(name.after) - match.end() <= 1))


def _another_follows(name: Mention) -> bool:
    return name.entity.end + len(name.after) < name.clause.end


def _is_closer(driver: str, to: str) -> bool:
    """The same gene, named more exactly: 「EGFR」 and 「19缺失」, 「KRAS」 and 「G12C」."""
    return (to == "egfr" and driver.startswith("egfr")) or (to == "kras_other" and driver == "kras_g12c")


def most_exact(findings: list[str]) -> list[str]:
    """Each finding once, the exact name in place of the general one, "none" only when alone."""
    exact = set(findings)
    if exact & {"c797s_cis", "c797s_trans"}:
        exact.discard("c797s")
    if "kras_g12c" in exact:
        exact.discard("kras")
    if len(exact) > 1:
        exact.discard("none")
    return [f for f in dict.fromkeys(findings) if f in exact]


def _line_before(text: str, at: int) -> str:
    """What stands before a name up to the last mark; a space, as in 「我妈EGFR 19缺失」, is none."""
    return re.split(r"[,，。;；:：!！?？~…、\n]", text[max(0, at - 12) : at])[-1]


def _is_said(name: Mention, line: str, telling: bool) -> bool:
    clause = name.clause
    if _DEFINITION.search(clause.text) or (_TEST_TARGET.search(name.prior) and not (_was_tested(name) or _TURNED_UP.match(name.after))):
        return False
    if not clause.question and _FAILED_AFTER.match(name.after):  # 「ALK耐药，又测出…」
        return True
    return telling or (bool(_FOUND_CUE.search(clause.text)) and not _asks_only(clause)) or bool(_OWN.search(line))


def _was_tested(name: Mention) -> bool:
    return bool(_TESTED.search(name.prior)) and not _TO_BE_TESTED.search(name.before) and not name.clause.question


def _asks_only(clause: Clause) -> bool:
    """「有没有790」「会不会有」: the fact itself is asked for."""
    return bool(
        re.search(
            r"有没有|会不会|是不是|能不能查|怎么查|查不查|测不测|要不要|该不该|怎么会|为什么|为啥|咋会", clause.text
        )
    )


def _sort_out(
    text: str, said: Genes, positive: list[tuple[Gene, Clause, int]], known_driver: str | None
) -> None:
    """Which mentions are the driver and which turned up later."""
    candidates = [(g, c, at) for g, c, at in positive if g.as_driver]
    only_driver = [g for g, _, _ in candidates if not g.as_finding]
    origin = [g for g, c, _ in candidates if _ORIGIN.search(c.text)]
    egfr_finding = any(g.as_finding in ("t790m", "c797s", "c797s_cis", "c797s_trans") for g, _, _ in positive)
    family = driver_family(known_driver)
    chosen: str | None = None
    for gene, clause, at in candidates:
        mine = driver_family(gene.as_driver)
        rivals = {driver_family(g.as_driver) for g in (origin or only_driver)} - {mine}
        later = bool(_NEW.search(clause.text[: max(at - clause.start, 0)]))
        is_finding = gene.as_finding and (
            (rivals and gene not in origin)
            or (family not in (None, mine, "none") and gene not in origin)
            or egfr_finding
            or (
                (later or _NEW_AFTER.search(text[at : at + _NEAR]))
                and gene not in origin
                and not only_driver
                and family is None
                and len(candidates) == 1
                and (_FOUND_CUE.search(clause.text) or not later)
                and mine != family
            )
        )
        if is_finding:
            said.findings.append(str(gene.as_finding))
        elif gene.as_driver and (chosen is None or _is_closer(gene.as_driver, chosen)):
            chosen = gene.as_driver
    said.driver = chosen
    said.findings = [f for f in said.findings if not chosen or f != chosen.split("_")[0]]  # 「KRAS 是G12C」
    said.findings += [str(g.as_finding) for g, _, _ in positive if g.as_finding and not g.as_driver]
    for gene, clause, at in positive:
        if gene.as_finding == "c797s" and (
            side := _SIDE.search(clause.text[at - clause.start :]) or _SIDE.search(text[at : at + _NEAR])
        ):
            said.findings.append("c797s_cis" if side["cis"] or side["cis_en"] else "c797s_trans")
    said.findings = most_exact(said.findings)

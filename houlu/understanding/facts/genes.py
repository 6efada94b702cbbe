"""The driver the case started with, what was found after the drug failed, and what was tested and not found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from houlu.knowledge.ids import driver_family
from houlu.understanding.clauses import Clause
from houlu.understanding.lexicon import Gene, Lexicon
from houlu.understanding.recognise import Entity

_NEGATIVE_BEFORE = re.compile(
    r"(?:没有|没|无|未|冇|唔系|不是|排除|不存在)(?:再)?(?:查到|查出|查出来|检出|检到|测到|测出|发现|见到|见|看到|找到|有|出现|验到|验出|做出)?(?:来)?(?:明显)?(?:什么|啥)?(?:的)?(?:有)?$"
)
_NEGATIVE_AFTER = re.compile(
    r"^[(（]?(?:突变|位点|扩增|融合|基因)?(?:也|都|是|的|还是|结果|呢|,)*(?:阴性|阴|没有|没查|未检|没检|没测|未见|没出|没了|不是|[-－]|没突变|野生|没发现|冇|消失)"
)
_FOUND_CUE = re.compile(
    r"查出|查到|检出|检到|测出|测到|发现|显示|提示|报告|结果|出来|出现|冒出|多出|写的|写着|说是|验出|验到|阳|有(?!没有|用|啥|什么)|突变了|扩增了|转成|变成|转化|高|\+|确认|确诊|揾到|验咗|新增|合并|伴"
)
_DEFINITION = re.compile(
    r"是什么|是啥|啥意思|什么意思|咋回事|怎么回事|说人话|啥东西|什么东西|区别|差在哪|差别|有什么不同|一回事|是乜|咩意思|的原理|怎么来的|是不是就是|点解|属于|为啥会|为什么会|怎么会|咋会|算不算"
)
#: 「不知道有没有T790M」「是阳性还是阴性我忘了」
_UNKNOWN = re.compile(r"有没有|有冇|还是阴|还是阳|(?:不知道|不清楚|不晓得|不确定|不记得|忘了|记不)(?!.{0,6}(?:查到|查出|检出|测出))")
_TEST_TARGET = re.compile(r"(?:查|测|验|检|做)(?:一下|下|个|不查|没查)?$")
_ORIGIN = re.compile(r"本来|原来|一开始|最早|起初|当初|原先|最初|确诊时|刚查|原本|初诊|第一次|当时")
_NEW = re.compile(r"又|新|后来|再次|重新|耐药后|耐药以后|耐药之后|这次|冒出|多出|再查|二次|复测|失效后|进展后|变成|转")
_OWN = re.compile(r"我|俺|咱|额|阿拉|爸|妈|爹|娘|老公|老婆|他是|她是|老伴|爷|奶|病人|患者|的\s*$")
_NOTHING = re.compile(
    r"(?:什么|啥|任何|一个|其他|其它|别的|可用|明确|新)(?:的)?(?:耐药)?(?:基因|突变|靶点|位点|东西|点位|变化|结果)?(?:也|都|全)*(?:没有|没查|没测|没检|没找|没发现|冇)"
    r"|(?<!还)(?:没|没有|未|冇)(?:能)?(?:查|检|测|验|找|发现|见)(?:到|出|出来|见)?(?:来)?(?:什么|啥|任何|新|可用|明确|别|其他)*(?:的)?(?:耐药)?(?:基因)?(?:突变|靶点|位点|东西|原因|点位)"
    r"|(?:突变|靶点|位点|点位)(?:也|都|全|一个)*(?:没有|没查|没测|没检|没找|未见|冇)(?:到|出)?|没(?:有)?(?:了)?靶点|无靶点|无突变|(?<!有)没(?:有)?(?:任何|什么|啥|新|别|其他|可用|明确)?的?(?:耐药)?(?:基因)?(?:突变|靶点|位点)|全(?:部)?(?:是|都)?阴|都是阴性|结果(?:是|全|都)*阴性|全阴|基因全阴|(?:查|测|检|验)(?:了)?(?:个)?(?:一圈|半天|遍)?(?:啥|什么)(?:也|都)没"
    r"|(?:抽血|血检|血液|液体活检|验血|穿刺|活检|组织)[^,。]{0,10}(?:没|未)(?:有)?(?:查|检|测|验)(?:着|到|出|见|出来)(?:来)?(?!t790m|c797s|met|790|797)(?:$|[,。 ]|东西|啥|什么)|没(?:有)?(?:查|检|测|验)出来$|没(?:有)?(?:查|测)着$"
)
_WILD_TYPE = re.compile(r"野生型|驱动基因(?:都|全|是)*(?:阴|没有)|一开始就?没有?突变|初诊[^,]{0,6}没突变")
_PD_L1 = re.compile(r"pdl1[^0-9,。]{0,8}?(\d{1,3})(?:\s*%|个点|左右|$|[^0-9月年])")


@dataclass
class Genes:
    """What one message says. `driver` None when nothing was said of it."""

    driver: str | None = None
    findings: list[str] = field(default_factory=list)
    negative: list[str] = field(default_factory=list)
    nothing_found: bool = False
    pd_l1: int | None = None


def heard(
    text: str,
    clauses: list[Clause],
    entities: list[Entity],
    lexicon: Lexicon,
    *,
    telling: bool,
    known_driver: str | None,
) -> Genes:
    """Genes of this patient in one message.

    telling: the message tells facts or asks what to do with them, so a bare name is a fact; otherwise only what is
    said to be found counts. known_driver: the driver known before or inferred from the drugs.
    """
    said = Genes()
    positive: list[tuple[Gene, Clause, int]] = []
    for entity in entities:
        if entity.label != "gene":
            continue
        gene = lexicon.genes[entity.id]
        clause = next((c for c in clauses if c.start <= entity.start < c.end), None)
        if clause is None or not clause.about_us:
            continue
        before, after = text[max(clause.start, entity.start - 12) : entity.start], text[entity.end : clause.end]
        if _UNKNOWN.search(clause.text):
            continue
        if _NEGATIVE_BEFORE.search(before) or _NEGATIVE_AFTER.search(after):
            if gene.as_finding and not (clause.question and not _FOUND_CUE.search(clause.text)):
                said.negative.append(gene.as_finding)
            continue
        if _is_said(clause, before, _line_before(text, entity.start), telling):
            positive.append((gene, clause, entity.start))
    _sort_out(said, positive, known_driver)
    wild = bool(_WILD_TYPE.search(text))  # 「一开始是野生型,没有突变」 tells of the beginning
    said.nothing_found = (
        any(c.about_us and not _asks_only(c) and _NOTHING.search(c.text) and (_NEW.search(c.text) or not wild) for c in clauses)
        and not said.findings
    )
    if wild:
        said.driver = said.driver or "none"
    if match := _PD_L1.search(text):
        said.pd_l1 = min(int(match.group(1)), 100)
    return said


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


def _is_said(clause: Clause, before: str, line: str, telling: bool) -> bool:
    if _DEFINITION.search(clause.text) or _TEST_TARGET.search(before):
        return False
    return telling or (bool(_FOUND_CUE.search(clause.text)) and not _asks_only(clause)) or bool(_OWN.search(line))


def _asks_only(clause: Clause) -> bool:
    """「有没有790」「会不会有」: the fact itself is asked for."""
    return bool(
        re.search(
            r"有没有|会不会|是不是|能不能查|怎么查|查不查|测不测|要不要|该不该|怎么会|为什么|为啥|咋会", clause.text
        )
    )


def _sort_out(said: Genes, positive: list[tuple[Gene, Clause, int]], known_driver: str | None) -> None:
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
                later
                and gene not in origin
                and not only_driver
                and family is None
                and len(candidates) == 1
                and _FOUND_CUE.search(clause.text)
                and mine != family
            )
        )
        if is_finding:
            said.findings.append(str(gene.as_finding))
        elif gene.as_driver and (chosen is None or (chosen == "egfr" and gene.as_driver.startswith("egfr"))):
            chosen = gene.as_driver
    said.driver = chosen
    said.findings += [str(g.as_finding) for g, _, _ in positive if g.as_finding and not g.as_driver]
    said.findings = most_exact(said.findings)

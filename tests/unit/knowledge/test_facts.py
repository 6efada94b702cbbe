"""Every verified fact stands in the tables once, with its own figures; the article's claims as they were corrected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from houlu.knowledge import current
from houlu.settings import ROOT
from tests.unit.knowledge.cases import case

KNOWLEDGE = current.knowledge()
ROWS = {row.id: row for row in KNOWLEDGE.strategies}
#: The facts' rows; those that are another row, or several, with us.
SAME = re.findall(r"\w+", """
    t790m_osimertinib t790m_aumolertinib t790m_furmonertinib t790m_befotertinib t790m_limertinib t790m_rezivertinib
    c797s_cis_or_4thgen c797s_trans met_amp_savolitinib met_high_savannah met_saffron met_tepotinib_gefitinib
    met_other her2_amplification braf_v600e fusions_ret_alk_ntrk kras_pik3ca sclc_transformation
    squamous_transformation no_target_chemo mariposa2 harmoni_a orient31 impower150_151 attlas io_negative
    io_monotherapy optitrop_lung04 optitrop_lung03 dato_dxd her3_dxd izabren oligoprogression cns_progression
    leptomeningeal_it_pemetrexed continue_tki_slow compel_osi_plus_chemo impress_gefitinib_plus_chemo bev_combos
    alk_after_crizotinib_2g alk_after_crizotinib_iruplinalkib alk_after_crizotinib_class alk_after_2g_lorlatinib
    alk_g1202r_i1171_rebiopsy alk_after_lorlatinib_neladalkib alk_met_bypass alk_sclc alk_chemo_after_tki
    alk_first_line_context driver_positive_ici slow_progression_continue driver_positive_trial ros1_taletrectinib
    ros1_repotrectinib ros1_lorlatinib ros1_zidesamtinib ros1_unecritinib ros1_entrectinib braf_dt braf_eb
    braf_after_targeted met14_savolitinib met14_glumetinib met14_vebreltinib met14_capmatinib met14_tepotinib
    met_d1228_y1230 ret_selpercatinib ret_pralsetinib ret_g810 ret_met_amp her2_tdxd her2_shr_a1811 her2_zongertinib
    her2_sevabertinib her2_pyrotinib her2_chemo kras_fulzerasib kras_garsorasib kras_glecirasib kras_sotorasib
    kras_adagrasib kras_after_g12ci ntrk_first ntrk_after_repotrectinib ntrk_zurletrectinib
""")
OTHER = {
    "her2_mutation": ["her2_tdxd", "her2_shr_a1811", "her2_zongertinib"],
    "ex20ins": [
        "ex20ins_sunvozertinib", "ex20ins_sunvozertinib_first_line", "ex20ins_amivantamab_chemo", "ex20ins_mobocertinib"
    ],
    "harmoni_global": ["harmoni_a"],
    "leptomeningeal_osimertinib160": ["leptomeningeal_osimertinib"],
    "oligoprogression_local": ["oligoprogression"],
}
MAPPED = {**{id: [id] for id in SAME}, **OTHER}
#: Rows of our own, from sources found later, and rows of the facts whose figures come from such a source.
OWN = {
    "chemo_after_targeted", "sclc_transformation_other", "kras_braf_without_a_drug", "ex20ins_amivantamab",
    "brain_radiotherapy",
}
LATER_FIGURES = {"alk_sclc", "alk_chemo_after_tki", "slow_progression_continue"}
_SHARED = next((up / "shared" / "facts" for up in ROOT.parents if (up / "shared" / "facts").is_dir()), None)


def facts(folder: Path) -> dict[str, Any]:
    egfr = yaml.safe_load((folder / "egfr.yaml").read_text(encoding="utf-8"))
    others = yaml.safe_load((folder / "other_drivers.yaml").read_text(encoding="utf-8"))
    return {row["id"]: row for row in (*egfr["rows"], *others["strategies"])}


@pytest.mark.parametrize("fact", MAPPED)
def test_every_row_of_the_facts_stands_in_the_table(fact: str) -> None:
    assert all(row in ROWS for row in MAPPED[fact])


def test_the_table_has_no_row_that_is_neither_a_fact_nor_declared() -> None:
    assert set(ROWS) == {row for rows in MAPPED.values() for row in rows} | OWN


@pytest.mark.skipif(_SHARED is None, reason="the facts lie beside the project only where it is developed")
def test_the_list_above_is_that_of_the_facts() -> None:
    assert _SHARED is not None
    assert set(MAPPED) == set(facts(_SHARED))


@pytest.mark.skipif(_SHARED is None, reason="the facts lie beside the project only where it is developed")
def test_every_figure_of_a_row_stands_in_its_facts() -> None:
    assert _SHARED is not None
    known = facts(_SHARED)
    text = {row: " ".join(str(known[f]) for f, rows in MAPPED.items() if row in rows) for row in ROWS}
    figure = re.compile(r"\d+(?:\.\d+)?(?=%|个月|人)")
    for row in ROWS.values():
        if row.id not in OWN | LATER_FIGURES:
            wrong = [n for n in figure.findall(row.evidence + row.not_shown) if n not in text[row.id]]
            assert wrong == [], row.id


AFTER_FIRST = case(driver="egfr", drugs=["gefitinib"])
AFTER_THIRD = case(driver="egfr", drugs=["osimertinib"])
NOBODY = case()
CLAIMS = {
    "half_progress_in_9_to_13_months": ("confirm_resistance", "一般多久会耐药", NOBODY, "一代.*(二代)?|人和人|差"),
    "a_new_lesion_is_progression": ("confirm_resistance", "长出新病灶算不算耐药", NOBODY, "新.*(算|就是|是)"),
    "blood_finds_not_everything": ("rebiopsy_how", "抽血没查到是不是就没有", NOBODY, "不等于|漏"),
    "three_mechanisms_and_often_none_found": ("mechanism", "", NOBODY, "查不(出|到|清)|原因不明|说不清"),
    "t790m_only_before_a_third_generation_drug": ("next_generation", "", AFTER_THIRD, "三代"),
    "met_amplification_has_an_approved_pair": ("combination", "", case(
        driver="egfr", drugs=["osimertinib"], findings=["met_amp"]), "赛沃替尼.*奥希替尼"),
    "antiangiogenic_alone_is_not_proven": ("antiangiogenic", "", AFTER_THIRD, "没有|缺|不足|没核到|没查到"),
    "acquired_braf_is_weak_evidence": ("pathway_switch", "查出braf v600e", AFTER_THIRD, "少见|个案|有限|弱"),
    "high_pd_l1_is_no_reason": ("immunotherapy", "pdl1高能单用免疫吗", AFTER_THIRD, "不能当|靠不住|不推荐"),
    "local_therapy_up_to_five_places": ("local_therapy", "几个算少数", NOBODY, "五|5"),
    "another_biopsy_but_no_promise": ("strategy", "还有希望吗", NOBODY, "不会说|再碰到耐药|不等于"),
    "adcs_and_bispecifics_exist": ("strategy", "", AFTER_THIRD, "ADC"),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_articles_claim_is_read_as_it_was_corrected(claim: str) -> None:
    topic, asked, who, corrected = CLAIMS[claim]
    told = KNOWLEDGE.answer(topic, asked, who)
    assert re.search(corrected, f"{told.short}\n{told.long}", re.DOTALL), f"{told.id}: {told.short}"


@pytest.mark.parametrize("told", [f"{row.short}\n{row.long}" for row in KNOWLEDGE.answers])
def test_nobody_reads_the_articles_mistakes(told: str) -> None:
    """Harmless new lesions, antiangiogenic drugs as an everyday pair, a chronic disease."""
    assert not re.search(r"无关紧要的新病灶|慢性?病(化|一样)|当成?慢病", told)

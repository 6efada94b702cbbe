"""The closed lists of canonical ids (contract, profile keys). Everything else is checked against them."""

from __future__ import annotations

DRIVERS = (
    "egfr",
    "egfr_ex19del",
    "egfr_l858r",
    "egfr_ex20ins",
    "egfr_uncommon",
    "alk",
    "ros1",
    "braf_v600e",
    "braf_other",
    "met_ex14",
    "ret",
    "her2_mut",
    "kras_g12c",
    "kras_other",
    "ntrk",
    "none",
)
FINDINGS = (
    "t790m",
    "c797s",
    "c797s_cis",
    "c797s_trans",
    "met_amp",
    "met_overexpression",
    "her2_amp",
    "her2_mut",
    "her2_overexpression",
    "egfr_amp",
    "braf_v600e",
    "ret_fusion",
    "alk_fusion",
    "ros1_fusion",
    "ntrk_fusion",
    "kras",
    "kras_g12c",
    "pik3ca",
    "sclc_transformation",
    "squamous_transformation",
    "alk_g1202r",
    "alk_i1171",
    "alk_f1174",
    "alk_l1196m",
    "alk_g1269a",
    "alk_c1156y",
    "alk_compound",
    "ros1_g2032r",
    "met_d1228_y1230",
    "ret_g810",
    "ntrk_solvent_front",
    "none",
)
PROGRESSIONS = ("symptoms_only", "marker_only", "imaging", "doctor_confirmed")
PATTERNS = ("slow", "oligo", "widespread", "brain", "leptomeningeal")
REBIOPSIES = ("none", "pending", "blood", "tissue")
HISTOLOGIES = ("adenocarcinoma", "squamous")
STEPS = ("progression", "rebiopsy", "mechanism", "strategy", "advice", "done")
CATEGORIES = (
    # in the order of the article's four ways, then what the article lacks
    "next_generation_tki",
    "combination",
    "pathway_switch",
    "chemotherapy",
    "immunotherapy",
    "local_therapy",
    "antibody_drug_conjugate",
    "continue_tki",
    "clinical_trial",
)
IN_SCOPE_TOPICS = (
    "confirm_resistance",
    "progression_pattern",
    "rebiopsy_why",
    "rebiopsy_how",
    "test_cost",
    "mechanism",
    "strategy",
    "next_generation",
    "combination",
    "antiangiogenic",
    "pathway_switch",
    "chemotherapy",
    "immunotherapy",
    "local_therapy",
    "adc",
    "clinical_trial",
    "advice",
)
EMERGENCY_TOPICS = (
    "hemoptysis",
    "dyspnea",
    "ild",
    "neuro",
    "cord_compression",
    "svc",
    "tamponade_pe_chest_pain",
    "febrile_neutropenia",
    "dehydration",
    "cardiac_syncope",
    "self_harm",
    "other_emergency",
)
REFUSAL_TOPICS = (
    "self_stop_or_change",
    "dosing",
    "prognosis",
    "read_report",
    "unlicensed_drug",
    "hospital_doctor",
)
HANDOFF_TOPICS = (
    "side_effect",
    "nutrition",
    "tcm_supplement",
    "insurance_price",
    "other_cancer",
    "other_disease",
    "special_population",
    "non_medical",
    "ask_expert",
    "phone",
)


def driver_family(driver: str | None) -> str | None:
    """The group of drivers that share their drugs: the common EGFR mutations are one, exon-20 insertion is not."""
    if driver in ("egfr", "egfr_ex19del", "egfr_l858r", "egfr_uncommon"):
        return "egfr"
    return driver

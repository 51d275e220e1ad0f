/** Words that often begin an English sentence: capitalised there, they are no names. */
const OPENERS = new Set(
  (
    'employee employees employer staff member members worker workers manager managers supervisor supervisors founder founders ' +
    'team teams teammate teammates people person everyone everybody anyone anybody someone nobody user users customer customers ' +
    'client clients vendor vendors provider providers contractor contractors technician technicians engineer engineers developer ' +
    'developers designer designers candidate candidates applicant applicants traveler travelers veteran veterans parent parents ' +
    'spouse company companies organization organizations business businesses agency agencies department departments office ' +
    'offices group groups firm firms attacker attackers investor investors insurer insurers buyer buyers owner owners leader ' +
    'leaders lead leads director directors volunteer volunteers student students dispatcher dispatchers analyst analysts ' +
    'new current former existing full part time paid unpaid annual sick medical personal private public internal external ' +
    'general federal remote local small large big larger smaller long short high higher low lower early late regular flexible ' +
    'standard compressed overtime leave vacation holiday holidays travel training hiring onboarding budget budgets salary ' +
    'salaries equity options stock shares bonus bonuses benefits insurance coverage health dental vision sabbatical sabbaticals ' +
    'interview interviews meeting meetings agenda agendas feedback performance goal goals objective objectives result results ' +
    'policy policies rule rules plan plans project projects proposal proposals request requests application applications ' +
    'document documents form forms email emails message messages password passwords account accounts access security data ' +
    'information incident incidents alert alerts device devices laptop laptops phone phones computer computers software ' +
    'hardware tool tools product products service services platform platforms system systems agent agents ticket tickets ' +
    'contract contracts agreement agreements invoice invoices price prices pricing cost costs payment payments revenue fee fees ' +
    'flight flights hotel hotels rental reimbursement reimbursements receipt receipts expense expenses card cards ' +
    'hour hours day days week weeks month months year years quarter quarters minute minutes date dates deadline deadlines ' +
    'monday friday today tomorrow yesterday week credit comp compensatory jury court military parental bereavement award ' +
    'administrative advanced donated unused expired accrued accrual anything everything something nothing none both either ' +
    'neither each every all any many most some several few half two three four five six seven eight nine ten twelve one ' +
    'first second third last next finally then also additionally however therefore otherwise instead meanwhile furthermore ' +
    'moreover besides overall generally typically usually normally often sometimes always never only just even still once ' +
    'twice since because although though while whereas unless until when whenever where if whether before after during ' +
    'within without under over above below between among through by for from in on at to of as with about against per via ' +
    'tell inform notify share talk speak pay book turn lock press encrypt pick move copy save open close go see look find learn try remember consider expect prepare review visit bill log post tag reply wear store scan reset reserve receive earn accrue carry travel volunteer vote yes no not please note use using used take taking taken make making made get getting give given do does done go going ' +
    'set setting keep keeping put let send sending ask asking check contact call click open select choose submit fill sign ' +
    'follow report read write add remove update create delete download upload install enter log start stop end begin finish ' +
    'join leave return bring work working wait avoid ensure include including includes according based depending due ' +
    'there here this that these those it its they their them he she his her we our us you your who whoever what which whose ' +
    'the a an and or but so yet nor such same other another similar different certain specific total maximum minimum ' +
    'participation attendance approval permission notice compensation eligibility enrollment membership ownership ' +
    'monitoring patching scripting backup billing dispatch reporting response resolution uptime downtime consolidation ' +
    'regulation automation integration migration support recurring managed combined separate patch break block tiered flat ' +
    'alcohol drugs harassment complaints retaliation privacy experience diversity trust transparency clarity improvement ' +
    'mentorship mentors referrals referral speaker learning conversations calendars channels updates slack notes lunch breaks ' +
    'static dynamic code dependency scanning testing vulnerabilities false high critical medium classified sensitive suspicious ' +
    'loaner admin portable media badges equipment paychecks retirement discounts unlike like besides despite regardless ' +
    'investments debt shares dilution vesting exercising owning anxiety guilt fear identity hack lunches presentations ' +
    'outside inside nearly almost roughly approximately around up down out off instead'
  ).split(/\s+/),
);
const ENDINGS =
  /(?:ing|ed|ly|tion|tions|sion|ment|ments|ness|ity|ities|ance|ances|ence|ences|able|ible|ful|less|ous|ive|ize|ism|ers|ship|ages|est)$/;

/** Whether a word at the head of a sentence may be an ordinary word though it is capitalised. */
export function isOpener(norm: string): boolean {
  return OPENERS.has(norm) || (norm.length > 5 && ENDINGS.test(norm));
}

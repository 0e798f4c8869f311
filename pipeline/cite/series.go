package cite

// A Series is one row of the grammar of UN document symbols: which symbols
// belong to it, and what it says of the document.
//
// A pattern is written like the symbols themselves. Between the slashes stand
// literal words and
//
//	#         a number of up to five digits without leading zero, or a range
//	#3        the same, of up to three digits
//	{year}    1946 to 2049, {year94} from 1994 on, {year78} from 1978 on
//	{session} a session of the General Assembly: 78, S-10, ES-11
//	{roman}   a session in roman figures, in brackets: (XVIII), (ES-I)
//	{roman30} the same up to XXX, the last that the General Assembly counted so
//	{meeting} a meeting of the Security Council, 1 to 19999
//	{press}   a press release's number, three to five digits and no year
//	{word}    one component that is no bare number: MOP, WG.6
//	{rest}    one component or more, at least one of them with a digit
//	{rest2}   two components or more, at least one of them with a digit
//
// Modifiers (Rev.1, Add.2, (Part II))
// may follow every pattern and are not written.
type Series struct {
	Name     string // in reports of what was recognised: it never changes
	Body     string
	Kind     string // "resolution", "meeting record", ...
	Patterns []string
	// Parts: letters may follow the number, as in 72/266 B; they name a part
	// of the document and no document of their own.
	Parts bool
	// Bare: a word, a slash and a number is no more than an aircraft (A/320)
	// or two pages; it counts only where the text calls it a document.
	Bare bool
	// Press releases are no UN documents and not in its document system.
	Press bool
	// Foreign symbols belong to other organisations and are built alike.
	Foreign bool

	Match, NoMatch []string
}

// Bodies and kinds that more than one row names.
const (
	bodySC     = "Security Council"
	bodyGA     = "General Assembly"
	bodyHRC    = "Human Rights Council"
	bodyECOSOC = "Economic and Social Council"
	bodyTC     = "Trusteeship Council"

	kindResolution = "resolution"
	kindDecision   = "decision"
	kindStatement  = "presidential statement"
	kindRecord     = "meeting record"
	kindDraft      = "draft"
	kindPress      = "press release"
	kindDocument   = "document"
)

// SeriesTable is the grammar, narrow rows before wide ones: the first that
// fits is the one.
var SeriesTable = []Series{
	{
		Name: "sc-resolution", Body: bodySC, Kind: kindResolution,
		Patterns: []string{"S/RES/#4"},
		Match:    []string{"S/RES/2423", "S/RES/2100 (2013)", "S/RES/2423(2018)", "s/res/1325", "S / RES / 242 (1967)", "S/Res/2745"},
		NoMatch:  []string{"S/RES/", "S/RES/21000", "S/RES/60/1", "S/RES/2023/402", "S/RES/2100/2013", "S/RES/2I00", "S/RE5/2100", "5/RES/2100", "S/RES/11 07", "S/RES/0242"},
	},
	{
		Name: "sc-statement", Body: bodySC, Kind: kindStatement,
		Patterns: []string{"S/PRST/{year94}/#3"},
		Match:    []string{"S/PRST/2018/10", "S/PRST/1994/77", "S/PRST/2015/22/Corr.1"},
		NoMatch:  []string{"S/PRST2009/9", "S/PRST/25", "S/PRST/", "PRST/9/2", "Council/PRST/2001/31", "S/PRST/1993/4"},
	},
	{
		Name: "sc-meeting", Body: bodySC, Kind: kindRecord,
		Patterns: []string{"S/PV.{meeting}", "S/Agenda/#"},
		Match:    []string{"S/PV.9365", "S/PV.9042 (Resumption 1)", "S/PV.785 (closed)", "S/PV.5511+Corr.1", "S/PV. 10012", "S/Agenda/8979"},
		NoMatch:  []string{"S/PV/9350", "SPV.9350", "S/PV9350", "S/PV.PV.4842", "S/PV.90367"},
	},
	{
		Name: "sc-document", Body: bodySC, Kind: kindDocument,
		Patterns: []string{"S/{year94}/#4"},
		Match:    []string{"S/2023/402", "S/2025/10/Add.31", "S/2023/673/Corr.1", "S/2024/751", "S/1994/1"},
		NoMatch:  []string{"S/2023/", "S//2023/402", "S/2023-402", "S/78/22", "S/2O23/402", "S/1987/12", "S/S/13735"},
	},
	{
		Name: "sc-serial", Body: bodySC, Kind: kindDocument, Bare: true,
		Patterns: []string{"S/#"},
		Match:    []string{"S/25274", "S/26695", "S/12710-28", "S/96/Rev.7", "S/11248/Add.3"},
		NoMatch:  []string{"S/2023", "S-400", "S/4HANA", "S/196384"},
	},
	{
		Name: "sc-subsidiary", Body: bodySC, Kind: kindDocument,
		Patterns: []string{"S/AC.#3/{rest}", "S/C.#2/{rest}", "S/SC.#3/{rest}", "S/CN.#3/{rest}", "S/INF/{rest}", "S/Letter/{rest}", "S/NC/{rest}",
			"S/PET/{rest}", "S/PROC/{rest}", "S/GC/{rest}", "S/COM/{rest}"},
		Match:   []string{"S/AC.51/2014/3", "S/AC.57/2024/COMM.18", "S/AC.26/S-7/CRP.1", "S/AC.60/2023/OC.6", "S/INF/48"},
		NoMatch: []string{"S/C", "S/AC.51", "S/AC51/2014/3"},
	},
	{
		Name: "ga-resolution", Body: bodyGA, Kind: kindResolution, Parts: true,
		Patterns: []string{"A/RES/{session}/#3"},
		Match: []string{"A/RES/60/1", "A/RES/78/323", "A/RES/ES-11/1", "A/RES/S-10/2", "A/RES/68/268 A", "A/RES/72/266B", "a/res/72/266b",
			"A/Res./36/97", "A/RES/50/204[A]", "A/RES/79/252a-b", "A/RES/63/108[B-IV]"},
		NoMatch: []string{"A/RES/2100 (2013)", "A/RES/2023/402", "A/RES/72/L.69", "A/RES/377", "A/RES/"},
	},
	{
		Name: "ga-resolution-old", Body: bodyGA, Kind: kindResolution, Parts: true,
		Patterns: []string{"A/RES/#4{roman30}"},
		Match: []string{"A/RES/377(V)", "A/RES/1514 (XV)", "A/RES/194(III)", "A/RES/1000(ES-I)", "A/RES/3362(S-VII)", "A/RES/3367 A (XXX)", "A/RES/3211(XXIX)B",
			"A/RES/1874(s-iv)"},
		NoMatch: []string{"A/RES/377(5)", "A/RES/1566(L)", "A/RES/1514(XV"},
	},
	{
		Name: "ga-decision", Body: bodyGA, Kind: kindDecision, Parts: true,
		Patterns: []string{"A/DEC/{session}/#3"},
		Match:    []string{"A/DEC/78/501", "A/DEC/ES-10/1"},
		NoMatch:  []string{"A/DEC/501"},
	},
	{
		Name: "hrc-resolution", Body: bodyHRC, Kind: kindResolution,
		Patterns: []string{"A/HRC/RES/{session}/#3", "A/HRC/RES/OM/#1/#3"},
		Match:    []string{"A/HRC/RES/59/25", "A/HRC/RES/S-27/1", "A/hrc/RES/47/21", "A/HRC/RES/5/1"},
		NoMatch:  []string{"A/HRC/RES/2023/12", "A/HRC/RES/52"},
	},
	{
		Name: "hrc-decision", Body: bodyHRC, Kind: kindDecision,
		Patterns: []string{"A/HRC/DEC/{session}/#3", "A/HRC/DEC/OM/#1/#3"},
		Match:    []string{"A/HRC/DEC/OM/8/1", "A/HRC/DEC/47/115", "A/HRC/DEC/S-28/101"},
		NoMatch:  []string{"A/HRC/DEC/"},
	},
	{
		Name: "hrc-statement", Body: bodyHRC, Kind: kindStatement,
		Patterns: []string{"A/HRC/PRST/{session}/#3", "A/HRC/PRST/OM/#1/#3"},
		Match:    []string{"A/HRC/PRST/9/2", "A/HRC/PRST/OM/8/1"},
		NoMatch:  []string{"A/HRC/PRST/2012/2"},
	},
	{
		Name: "hrc-document", Body: bodyHRC, Kind: kindDocument,
		Patterns: []string{"A/HRC/{session}/{rest}", "A/HRC/{word}/{rest}", "A/HRC/CRP.#", "A/HRC/#3"},
		Match: []string{"A/HRC/4/58", "A/HRC/52/L.12", "A/HRC/S-35/L.1", "A/HRC/54/L.6/Rev.1", "A/HRC/WG.6/43/MLI/1", "A/HRC/AC/30/2", "A/HRC/58/SR.59",
			"A/HRC/52/NGO/12", "A/HRC/49/CRP.1", "A/HRC/WG.9/1/3", "A/HRC/WGAD/2019/12"},
		NoMatch: []string{"A/HRC/2023/12", "A/HRC/", "A/HRC/52/"},
	},
	{
		Name: "ga-record", Body: bodyGA, Kind: kindRecord,
		Patterns: []string{"A/{session}/PV.#4", "A/PV.#4", "A/BUR/{session}/SR.#3"},
		Match:    []string{"A/78/PV.50", "A/ES-11/PV.23", "A/PV.49", "A/BUR/78/SR.1"},
		NoMatch:  []string{"A/78/PV50", "A/PV/49"},
	},
	{
		Name: "ga-document", Body: bodyGA, Kind: kindDocument,
		Patterns: []string{"A/{session}/#4", "A/{session}/L.#", "A/{session}/INF/#", "A/{session}/INF.#", "A/{session}/BUR/#", "A/{session}/PET/#", "A/{session}/NGO/#",
			"A/{session}/DEC/#", "A/{session}/CRP.#", "A/{session}/CRP/#", "A/{session}/WP.#", "A/{session}/WP/#", "A/{session}/HLPF/{rest}", "A/{session}/VR.#"},
		Match:   []string{"A/77/123", "A/59/2005", "A/78/L.9", "A/S-10/14", "A/80/401", "A/79/390/Add.1", "A/75/L.111/Rev.1/Add.1", "A/66/454 (Part II)", "A/76/5(Vol.I)", "A/69/6 (Prog. 7)", "A/S-10/11-14"},
		NoMatch: []string{"A/2023/402", "A/78/L..9", "A/ES10/L.23", "A/S30/L.1", "A/74/A/74/379/Add.1", "A/43/-12", "A/78/"},
	},
	{
		Name: "ga-committee", Body: bodyGA, Kind: kindDocument,
		Patterns: []string{"A/C.#1/{session}/{rest}", "A/C.#1/{rest}", "A/SPC/{session}/{rest}", "A/SPC/{rest}"},
		Match:    []string{"A/C.3/78/L.49/Rev.1", "A/C.5/45/66", "A/C.1/79/PV.7", "A/C.5/1264", "A/C.6/L.565", "A/C.6/43/SC/CRP.3", "A/C.3/79/SR.5"},
		NoMatch:  []string{"A/C", "A/C.2", "A/C3/39/4", "A/C.3L.1383", "A/C/E/F/R/S", "A/C.3/"},
	},
	{
		Name: "ga-ilc", Body: "International Law Commission", Kind: kindDocument,
		Patterns: []string{"A/CN.4/{rest}"},
		Match:    []string{"A/CN.4/L.682", "A/CN.4/724", "A/CN.4/SR.3510", "A/CN.4/SER.A/2001/Add.1 (Part 2)"},
		NoMatch:  []string{"A/CN.4", "A/CN", "A/CN4/724"},
	},
	{
		Name: "ga-uncitral", Body: "United Nations Commission on International Trade Law", Kind: kindDocument,
		Patterns: []string{"A/CN.9/{rest}"},
		Match:    []string{"A/CN.9/1063", "A/CN.9/WG.III/WP.149", "A/CN.9/1/Add.1"},
		NoMatch:  []string{"A/CN.9", "A/CN.9/WG"},
	},
	{
		Name: "ga-subsidiary", Body: bodyGA, Kind: kindDocument,
		Patterns: []string{"A/AC.#3/{rest}", "A/CONF.#3/{rest}", "A/CN.#2/{rest}", "A/{session}/AC.#2/{rest}", "A/{session}/C.#1/{rest}", "A/{session}/CONF.#3/{rest}", "A/BUR/{rest}", "A/INF/{rest}",
			"A/WGFS/{rest}", "A/GSP/{rest}", "A/NV/{rest}", "A/FI/{rest}", "A/SEC/{rest}", "A/DI/{rest}", "A/AGENDA/{rest}", "A/NGO/{rest}", "A/PET/{rest}",
			"A/COM/{rest}", "A/CR/{rest}", "A/VR/{rest}", "A/WGUNS/{rest}"},
		Match: []string{"A/AC.105/302", "A/CONF.48/14", "A/CONF.226/PC.1/5", "A/S-10/AC.1/9", "A/AC.292/2024/INF/5", "A/AC.237/18 (Part II)/Add.1", "A/CONF.157/24 (Part I)",
			"A/INF/136", "A/CONF.121/IPM/1", "A/S-10/AC.1/L.2-17"},
		NoMatch: []string{"A/CONF.l57/24", "A/AC/292", "A/AC.105", "A/CONF.121/1PM/1", "AA/78/481/Add.2"},
	},
	{
		Name: "ga-serial", Body: bodyGA, Kind: kindDocument, Bare: true,
		Patterns: []string{"A/#", "A/L.#"},
		Match:    []string{"A/9601", "A/520/Rev.12", "A/7621/Add.1", "A/L.601/Rev.2", "A/520/Rev.12/Amend.1", "A/320"},
		NoMatch:  []string{"A/2023", "A/I20", "A/123456"},
	},
	{
		Name: "ecosoc-resolution", Body: bodyECOSOC, Kind: kindResolution, Parts: true,
		Patterns: []string{"E/RES/{year78}/#3", "E/RES/#4{roman}"},
		Match:    []string{"E/RES/2018/2", "E/RES/1980/67", "E/RES/36(IV)", "E/RES/1992/1", "E/RES/1566(l)", "e/res/2013/38", "E/RES/2021/2b"},
		NoMatch:  []string{"E/RES/60/1", "E/RES/1325 (2000)"},
	},
	{
		Name: "ecosoc-decision", Body: bodyECOSOC, Kind: kindDecision, Parts: true,
		Patterns: []string{"E/DEC/{year78}/#3", "E/DEC/#3{roman}"},
		Match:    []string{"E/DEC/2018/201", "E/DEC/2022/314"},
		NoMatch:  []string{"E/DEC/201"},
	},
	{
		Name: "ecosoc-document", Body: bodyECOSOC, Kind: kindDocument,
		Patterns: []string{"E/{year78}/#4", "E/{year78}/L.#", "E/{year78}/INF/#", "E/{year78}/INF.#", "E/{year78}/SR.#", "E/{year78}/NGO/#", "E/{year78}/CRP.#", "E/{year78}/C/{rest}",
			"E/{year78}/C.#1/{rest}", "E/{year78}/OB/#", "E/{year78}/HLS/{rest}", "E/{year78}/SEGMENT/{rest}", "E/SR.#", "E/L.#", "E/NGO/#", "E/INF/{rest}"},
		Match:   []string{"E/2023/15", "E/2022/L.4", "E/2014/15/Add.1/Rev.1", "E/2024/SR.10", "E/SR.677"},
		NoMatch: []string{"E/2023/", "E/60/15"},
	},
	{
		Name: "ecosoc-human-rights", Body: "Commission on Human Rights", Kind: kindDocument,
		Patterns: []string{"E/CN.4/{rest}"},
		Match:    []string{"E/CN.4/Sub.2/1987/20", "E/CN.4/2006/120", "E/CN.4/RES/2005/69", "E/CN.4/1995/2"},
		NoMatch:  []string{"E/CN.4", "E/CN4/2006/120"},
	},
	{
		Name: "ecosoc-cescr", Body: "Committee on Economic, Social and Cultural Rights", Kind: kindDocument,
		Patterns: []string{"E/C.12/{rest}"},
		Match:    []string{"E/C.12/GC/24", "E/C.12/MLI/CO/1", "E/C.12/2005/4"},
		NoMatch:  []string{"E/C.12", "E/C12/GC/24"},
	},
	{
		Name: "ecosoc-subsidiary", Body: bodyECOSOC, Kind: kindDocument,
		Patterns: []string{"E/CN.#2/{rest}", "E/C.#2/{rest}", "E/AC.#3/{rest}", "E/CONF.#3/{rest}", "E/PC.#/{rest}", "E/ECE/{rest}", "E/ESCAP/{rest}", "E/ESCWA/{rest}", "E/ECA/{rest}",
			"E/CEPAL/{rest}", "E/ECLAC/{rest}", "E/ICEF/{rest}", "E/INCB/{rest}", "E/NEPF/{rest}", "E/HLPF/{rest}", "E/FFDF/{rest}", "E/HLS/{rest}", "E/DDPF/{rest}", "E/SEGM/{rest}",
			"E/TAC/{rest}", "E/STAT/{rest}", "E/NR/{rest}", "E/NL.#/{rest}", "E/NE.#/{rest}", "E/NS.#/{rest}", "E/FAO/{rest}"},
		Match: []string{"E/CN.6/1992/CRP.1", "E/CN.9/2016/1", "E/INCB/1990/1", "E/ECE/1462", "E/FFDF/2024/L.1", "E/CONF.105/165", "E/CN.5/536", "E/ECE/TRANS/445",
			"E/INCB/1989/1/Supp", "E/CN.7/2022/L.1/Add.1", "E/ICEF/2020/P/L.1"},
		NoMatch: []string{"E/CN", "E/ECE", "E/CN.9/"},
	},
	{
		Name: "ecosoc-serial", Body: bodyECOSOC, Kind: kindDocument, Bare: true,
		Patterns: []string{"E/#4"},
		Match:    []string{"E/2336", "E/33/Rev.5", "E/4735/Add.1", "E/9"},
		NoMatch:  []string{"E/2023", "E/12345"},
	},
	{
		Name: "secretariat", Body: "Secretariat", Kind: kindDocument,
		Patterns: []string{"ST/SGB/{rest}", "ST/AI/{rest}", "ST/IC/{rest}", "ST/SG/{rest}", "ST/LEG/{rest}", "ST/CTBTO/{rest}", "ST/HR/{rest}", "ST/ESA/{rest}", "ST/STAT/{rest}",
			"ST/DPI/{rest}", "ST/CSDHA/{rest}", "ST/TAO/{rest}", "ST/UNODA/{rest}", "ST/UNSCEAR/{rest}", "ST/DESA/{rest}", "ST/GENEVA/{rest}", "ST/LIB/{rest}", "ST/PSCA/{rest}",
			"ST/ADM/{rest}", "ST/ECE/{rest}", "ST/BR/{rest}", "ST/GC/{rest}", "ST/CD/{rest}", "ST/SPACE/{rest}", "ST/NARC/{rest}", "ST/SOA/{rest}", "ST/ECA/{rest}",
			"ST/ESCAP/{rest}", "ST/IS/{rest}", "ST/UNIDO/{rest}", "ST/MCU/{rest}", "ST/NAIROBI/{rest}"},
		Match:   []string{"ST/SGB/2015/3", "ST/AI/2021/2/Rev.1", "ST/SG/AC.10/C.3/124", "ST/AI/286", "ST/HR/SER.A/6", "ST/SGB/1999/13", "ST/SG/AC.10/46/Adds.1-3", "ST/ESA/SER.A/423"},
		NoMatch: []string{"ST/SGAC.10//40", "ST/SGB/", "ST/AI", "ST/SG/AC10/C.3/84"},
	},
	{
		Name: "trusteeship", Body: bodyTC, Kind: kindDocument,
		Patterns: []string{"T/RES/#4{roman}", "T/DEC/#4{roman}", "T/PV.#4", "T/PET.#/{rest}", "T/PET/{rest}", "T/COM.#/{rest}", "T/COM/{rest}", "T/L.#4", "T/INF/#3", "T/AC.#2/{rest}", "T/C.#1/{rest}", "T/OBS.#/{rest}", "T/SR.#4"},
		Match:    []string{"T/PV.1", "T/RES/2183(LIII)", "T/L.1219"},
		NoMatch:  []string{"T/PCCs", "T/RES/2183"},
	},
	{
		Name: "trusteeship-serial", Body: bodyTC, Kind: kindDocument, Bare: true,
		Patterns: []string{"T/#4"},
		Match:    []string{"T/2", "T/1234/Add.1"},
		NoMatch:  []string{"T/PCC"},
	},
	{
		Name: "treaty-hrc", Body: "Human Rights Committee", Kind: kindDocument,
		Patterns: []string{"CCPR/{rest2}", "CCPR/#2"}, // the yearbooks have a bare number
		Match:    []string{"CCPR/11/Add.1", "CCPR/C/21/Rev.1/Add.13", "CCPR/C/GC/34", "CCPR/C/116/D/2155/2012", "CCPR/C/MLI/CO/2/Corr.1"},
		NoMatch:  []string{"CCPR/C", "CCPR/C/21/Rev.1/Add.1326"},
	},
	{
		Name: "treaty-cerd", Body: "Committee on the Elimination of Racial Discrimination", Kind: kindDocument,
		Patterns: []string{"CERD/{rest2}"}, Match: []string{"CERD/C/MLI/15-16", "CERD/C/GC/36"}, NoMatch: []string{"CERD/C"},
	},
	{
		Name: "treaty-cedaw", Body: "Committee on the Elimination of Discrimination against Women", Kind: kindDocument,
		Patterns: []string{"CEDAW/{rest2}"}, Match: []string{"CEDAW/C/GC/31", "CEDAW/C/MLI/CO/6-7", "CEDAW/C/SR.1234"}, NoMatch: []string{"CEDAW/C", "CEDAW/C/GC/31/CRC/C/GC/18"},
	},
	{
		Name: "treaty-cat", Body: "Committee against Torture", Kind: kindDocument,
		Patterns: []string{"CAT/{rest2}"}, Match: []string{"CAT/C/GC/3", "CAT/OP/MLI/1", "CAT/C/SR.1234"}, NoMatch: []string{"CAT/C"},
	},
	{
		Name: "treaty-crc", Body: "Committee on the Rights of the Child", Kind: kindDocument,
		Patterns: []string{"CRC/{rest2}"}, Match: []string{"CRC/C/GC/18", "CRC/C/MLI/CO/3-4", "CRC/C/OPAC/MLI/1"}, NoMatch: []string{"CRC/C"},
	},
	{
		Name: "treaty-crpd", Body: "Committee on the Rights of Persons with Disabilities", Kind: kindDocument,
		Patterns: []string{"CRPD/{rest2}"}, Match: []string{"CRPD/C/GC/6", "CRPD/CSP/2019/2"}, NoMatch: []string{"CRPD/C"},
	},
	{
		Name: "treaty-cmw", Body: "Committee on Migrant Workers", Kind: kindDocument,
		Patterns: []string{"CMW/{rest2}"}, Match: []string{"CMW/C/GC/5", "CMW/C/MLI/CO/1"}, NoMatch: []string{"CMW/C"},
	},
	{
		Name: "treaty-ced", Body: "Committee on Enforced Disappearances", Kind: kindDocument,
		Patterns: []string{"CED/{rest2}"}, Match: []string{"CED/C/MLI/1", "CED/C/7"}, NoMatch: []string{"CED/C"},
	},
	{
		Name: "treaty-all", Body: "human rights treaty bodies", Kind: kindDocument,
		Patterns: []string{"HRI/{rest2}", "CESCR/{rest2}"}, Match: []string{"HRI/GEN/1/Rev.9 (Vol. I)", "HRI/MC/1988/CRP.1", "HRI/CORE/1/Add.126"}, NoMatch: []string{"HRI/GEN", "HIV/AIDS"},
	},
	{
		Name: "climate", Body: "United Nations Framework Convention on Climate Change", Kind: kindDocument,
		Patterns: []string{"FCCC/{rest2}"}, Match: []string{"FCCC/CP/2015/7", "FCCC/SB/2015/INF.3", "FCCC/PA/CMA/2018/3/Add.1", "FCCC/CP/2015/10/Add.1"}, NoMatch: []string{"FCCC/CP", "FCCC/"},
	},
	{
		Name: "conventions", Body: "", Kind: kindDocument,
		Patterns: []string{"ICCD/{rest2}", "CBD/{rest2}"},
		Match:    []string{"CBD/CP/MOP/VIII/19", "ICCD/COP(14)/23/Add.1", "CBD/COP/DEC/14/8", "CBD/NP/MOP/DEC/2/7"},
		NoMatch:  []string{"CBD/COP"},
	},
	{
		Name: "unep", Body: "United Nations Environment Programme", Kind: kindDocument,
		Patterns: []string{"UNEP/{rest2}"},
		Match:    []string{"UNEP/GC.25/INF/33", "UNEP/GCSS.VII/6", "UNEP/EA.5/Res.12", "UNEP/CBD/COP/9/INF/37/Rev.1", "UNEP/IPBES.MI/1/8", "UNEP/OzL.Pro.28/12", "UNEP/CPR/151/4/Rev.1"},
		NoMatch:  []string{"UNEP/OCHA", "UNEP/UN-HABITAT", "UNEP/Office", "UNEP/GRID"},
	},
	{
		Name: "jiu", Body: "Joint Inspection Unit", Kind: kindDocument,
		Patterns: []string{"JIU/{rest2}"}, Match: []string{"JIU/REP/2008/3", "JIU/NOTE/2012/1", "JIU/ML/2020/1"}, NoMatch: []string{"JIU/REP"},
	},
	{
		Name: "peacebuilding", Body: "Peacebuilding Commission", Kind: kindDocument,
		Patterns: []string{"PBC/{rest2}"}, Match: []string{"PBC/7/OC/L.1", "PBC/17/OC/1"}, NoMatch: []string{"PBC/OC"},
	},
	{
		Name: "unctad", Body: "United Nations Conference on Trade and Development", Kind: kindDocument,
		Patterns: []string{"TD/B/{rest}", "TD/L.#", "TD/RBP/{rest}", "TD/TIMBER.#/{rest}", "TD/INF.#", "TD/CODE/{rest}", "TD/SR.#", "TD/UNCTAD/{rest}", "TD/IPC/{rest}", "UNCTAD/{rest2}"},
		Match:    []string{"TD/B/66/3", "TD/B/C.II/MEM.3/5", "TD/L.399", "TD/B/INF.211", "UNCTAD/DITC/TNCD/2010/3"},
		NoMatch:  []string{"TD/B", "TD/L"},
	},
	{
		Name: "regional", Body: bodyECOSOC, Kind: kindDocument,
		Patterns: []string{"ECE/{rest2}", "TRANS/{rest2}", "TRADE/{rest2}", "ENERGY/{rest2}", "CES/{rest2}", "ESCAP/{rest2}", "APDIM/{rest2}", "LC/L.#", "LC/{rest2}", "CEP/{rest2}", "ECA/{rest2}"},
		Match: []string{"ECE/TRANS/2024/3", "ECE/TRANS/WP.29/78/Rev.2", "TRANS/WP.15/AC.2/5", "ECE/TRANS/328/Annex", "ECE/EB.AIR/GE.1/2023/7", "ECE/HBP/2021/Inf.4", "ECE/BATUMI.CONF/2016/2/Add.1",
			"ECE/TRANS/WP.30/AC.2/TIB/2022/5", "ECE/MP.WAT/63/Add.2", "LC/L.4099", "LC/PUB.2021/17-P", "LC/TS.2018/50", "TRADE/CEFACT/2004/32"},
		NoMatch: []string{"ECE/OECD", "ECE/IRU", "ECE/TRANS/WP30/AC.2/2022/12", "ECE/MP.WAT/63.Add.2", "ECE/EX2020/L.15", "ECE/UN-Habitat", "ECE/UNESCO/UN-Water"},
	},
	{
		Name: "disarmament", Body: "", Kind: kindDocument,
		Patterns: []string{"CD/PV.#4", "CD/INF.#", "CD/WP.#", "CCW/{rest2}", "NPT/{rest2}", "BWC/{rest2}", "BWC/CONF.#", "APLC/{rest2}", "TPNW/{rest2}", "CCM/{rest2}", "CD/{word}/{rest}"},
		Match:    []string{"TPNW/MSP/2022/INF/1", "CCW/CONF.V/2", "NPT/CONF.2020/WP.1", "BWC/CONF.VIII/4", "CCW/GGE.1/2019/3", "CD/PV.1234"},
		NoMatch:  []string{"CCW/CONF", "NPT/TPNW"},
	},
	{
		Name: "sea", Body: "", Kind: kindDocument,
		Patterns: []string{"ISBA/{rest2}", "SPLOS/#3", "SPLOS/{rest2}", "CLCS/#3", "CLCS/{rest2}", "LOS/{rest2}", "SAN/{rest2}"},
		Match:    []string{"ISBA/28/C/9", "SPLOS/72", "SPLOS/32/15", "CLCS/50"},
		NoMatch:  []string{"ISBA/C", "LOS/SAN"},
	},
	{
		Name: "crime", Body: "", Kind: kindDocument,
		Patterns: []string{"CTOC/{rest2}", "CCNR/{rest2}", "CAC/{rest2}", "UNODC/{rest2}"},
		Match:    []string{"CTOC/COP/2008/CRP.7", "CAC/COSP/2019/17", "UNODC/CND/2019/1"},
		NoMatch:  []string{"CTOC/COP"},
	},
	{
		Name: "programmes", Body: "", Kind: kindDocument,
		Patterns: []string{"DP/{word}/{rest}", "DP/{year}/#4", "UNW/{rest2}", "WFP/{rest2}", "HSP/{rest2}", "HSP/HA.#", "HSP/EB.#", "HS/{rest2}", "HABITAT/{rest2}", "UNU/{rest2}", "UNITAR/{rest2}", "IDB/{rest2}",
			"ICSC/{rest2}", "CEB/{rest2}", "UNON/{rest2}", "UNOV/{rest2}", "UNHCR/{rest2}", "UNMIK/{rest2}", "UNTAET/{rest2}", "INT/{rest2}", "ICEF/{rest2}", "CSD/{rest2}", "PCNICC/{rest2}",
			"AT/DEC/#4", "UNAT/{rest2}", "UNDT/{year}/#3", "LIM/{rest2}", "UNAIDS/{rest2}", "HCR/{rest2}", "SSC/#2/{rest}", "GEGN.#1/{rest}", "GC.#2/{rest}", "IDB.#2/{rest}"},
		Match: []string{"DP/OPS/2025/1", "DP/2024/1", "HSP/GC/24/2/Add.3", "HSP/HA.1/Res.1", "CEB/2010/HLCM/15/Rev.1", "UNON/MOU/1997-12", "ICSC/62/R.5", "UNMIK/REG/2001/9",
			"HSP/EB.2020/18", "HSP/OECPR.2021/8", "PCNICC/2000/1/Add.1", "UNW/2021/6", "DP/FPA-ICEF-UNW/2020/1", "HCR/GIP/15/11", "SSC/22/L.2", "GEGN.2/2025/INF/1", "GC.18/INF/4", "IDB.48/16/Rev.1"},
		NoMatch: []string{"GC/GMEF", "GC.18", "UNDP/UNFPA", "ODA/GNI", "SPLM/A-IO"},
	},
	{
		Name: "serials", Body: "", Kind: kindDocument, Bare: true,
		Patterns: []string{"CD/#4", "TD/#4", "DC/#3", "GC/#3", "IT/#3", "ITR/#2"},
		Match:    []string{"CD/1299", "CD/1999", "CD/2039", "CD/8/Rev.10", "IT/32/Rev.50", "TD/364/Rev.1", "DC/231"},
		NoMatch:  []string{"CD/ROM", "TD/2023"},
	},
	{
		Name: "press", Body: "", Kind: kindPress, Press: true,
		Patterns: []string{"SC/{press}", "SG/SM/{press}", "SG/A/{press}", "SG/T/{press}", "SG/R/{press}", "GA/{press}", "GA/DIS/{press}", "GA/SPD/{press}", "GA/EF/{press}", "GA/SHC/{press}", "GA/AB/{press}", "GA/L/{press}", "GA/COL/{press}", "GA/PAL/{press}",
			"ECOSOC/{press}", "DSG/SM/{press}", "AFR/{press}", "PKO/{press}", "IHA/{press}", "HR/{press}", "HR/CT/{press}", "WOM/{press}", "OBV/{press}", "ORG/{press}", "PAL/{press}", "ENV/DEV/{press}", "L/T/{press}", "SEA/{press}", "SOC/{press}", "ICEF/{press}"},
		Match:   []string{"SC/15341", "SG/SM/21853", "GA/12345", "SC/13400", "DSG/SM/1850", "GA/SHC/4300", "PKO/900"},
		NoMatch: []string{"SC/9", "GA/20", "SG/21853", "GA/SM"},
	},
	{
		Name: "iaea", Body: "International Atomic Energy Agency", Kind: kindDocument, Foreign: true,
		Patterns: []string{"INFCIRC/#4", "GOV/{year}/#3", "GOV/INF/{year}/#3", "GC(#2)/{rest}"},
		Match:    []string{"INFCIRC/403", "INFCIRC/254/Rev.12/Part 1", "GOV/2011/65", "GOV/INF/2021/1", "GC(65)/RES/12"},
		NoMatch:  []string{"GOV/UK", "INFCIRC/"},
	},
	{
		Name: "wto", Body: "World Trade Organization", Kind: kindDocument, Foreign: true,
		Patterns: []string{"WT/{rest2}"}, Match: []string{"WT/MIN(15)/48", "WT/MIN(01)/DEC/1", "WT/MIN(05)/DEC", "WT/DS58/AB/R", "WT/L/540"}, NoMatch: []string{"WT/MIN", "WT/AB"},
	},
	{
		Name: "african-union", Body: "African Union", Kind: kindDocument, Foreign: true,
		Patterns: []string{"Assembly/AU/{rest}", "CM/Res.#4{roman}", "CM/Res.#4", "AHG/Res.#4{roman}", "AHG/Res.#4", "EX.CL/{rest}", "PSC/PR/COMM.{roman}", "PSC/PR/COMM{roman}", "PSC/PR/{rest}", "PSC/MIN/{rest}", "PSC/AHG/{rest}", "PSC/HSG/{rest}"},
		Match:    []string{"Assembly/AU/Dec.605(XXVII)", "CM/Res.1529(LX)", "PSC/PR/COMM.2(DCLXXXII)", "PSC/PR/COMM.(DCCCLXXXV)", "PSC/PR/COMM(DCCCLXXXV)", "PSC/PR/2(CCCXI)", "EX.CL/Dec.908(XXVIII)"},
		NoMatch:  []string{"Assembly/AU", "PSC/PR", "CM/Res"},
	},
}

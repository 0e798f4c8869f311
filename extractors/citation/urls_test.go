package citation

import "testing"

func TestSymbolOfURL(t *testing.T) {
	for _, tt := range []struct{ url, want string }{
		{"https://undocs.org/S/RES/2423(2018)", "S/RES/2423"},
		{"https://undocs.org/en/S/RES/2423%20(2018)", "S/RES/2423"},
		{"https://undocs.org/en/S/RES/2423 (2018)", "S/RES/2423"},
		{"undocs.org/A/78/123", "A/78/123"},
		{"https://www.undocs.org/a/78/123/Add.1", "A/78/123/Add.1"},
		{"https://undocs.org/pdf?symbol=en/S/2023/402", "S/2023/402"},
		{"https://undocs.org/Home/Mobile?FinalSymbol=S%2F2023%2F402&Language=E", "S/2023/402"},
		{"https://undocs.org/A/79/815-S/2025/145", "A/79/815"},
		{"https://docs.un.org/fr/S/PRST/2018/10", "S/PRST/2018/10"},
		{"https://docs.un.org/en/S/PV.9042(Resumption1)?direct=true", "S/PV.9042(Resumption 1)"},
		{"https://documents.un.org/api/symbol/access?s=S/2005/32&l=en&t=pdf", "S/2005/32"},
		{"https://daccess-ods.un.org/access.nsf/Get?OpenAgent&DS=S/2009/254&Lang=E", "S/2009/254"},
		{"http://www.un.org/en/ga/search/view_doc.asp?symbol=S/RES/1325(2000)", "S/RES/1325"},
		{"http://www.un.org/ga/search/viewm_doc.asp?symbol=A/RES/60/1", "A/RES/60/1"},
		{"https://digitallibrary.un.org/search?ln=en&p=S%2FRES%2F2423", "S/RES/2423"},
		{"https://digitallibrary.un.org/record/1636048/files/S_RES_2423-EN.pdf", "S/RES/2423"},
		{"https://digitallibrary.un.org/record/4013344/files/S_2023_402-EN.pdf", "S/2023/402"},
		{"https://press.un.org/en/2018/sc13400.doc.htm", "SC/13400"},
		{"https://www.un.org/press/en/2018/sc13400.doc.htm", "SC/13400"},
		{"https://press.un.org/en/2023/sgsm21853.doc.htm", "SG/SM/21853"},
		{"https://press.un.org/en/2023/gashc4388.doc.htm", "GA/SHC/4388"},
		{"http://unscr.com/en/resolutions/2423", "S/RES/2423"},
		{"https://www.securitycouncilreport.org/un-documents/document/s-res-2423.php", "S/RES/2423"},
		{"https://www.securitycouncilreport.org/atf/cf/%7B65BFCF9B%7D/s_res_2423.pdf", "S/RES/2423"},
		{"https://www.securitycouncilreport.org/atf/cf/x/s_prst_2018_10.pdf", "S/PRST/2018/10"},

		{"https://digitallibrary.un.org/record/1636048", ""},
		{"https://documents.un.org/doc/undoc/gen/n23/217/33/pdf/n2321733.pdf", ""},
		{"https://www.un.org/en/about-us", ""},
		{"https://press.un.org/en", ""},
		{"https://undocs.org/", ""},
		{"https://undocs.org/en/content/about", ""},
		{"https://www.example.org/S/2023/402", ""},
		{"https://reliefweb.int/report/mali/situation-mali", ""},
		{"https://undocs.org/%zz", ""},
		{"", ""},
	} {
		sym, ok := symbolOfURL(tt.url)
		if sym.String() != tt.want || ok != (tt.want != "") {
			t.Errorf("symbolOfURL(%q) = %v, %v, want %q", tt.url, sym, ok, tt.want)
		}
	}
}

func TestAddressEnd(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"https://undocs.org/S/2023/402.", "https://undocs.org/S/2023/402"},
		{"https://undocs.org/S/RES/2423(2018).", "https://undocs.org/S/RES/2423(2018)"},
		{"https://undocs.org/S/RES/2423 (2018), para. 3", "https://undocs.org/S/RES/2423 (2018)"},
		{"https://example.org/a_(b)/c), x", "https://example.org/a_(b)/c"},
		{"<https://example.org/a>", "https://example.org/a"},
		{"www.example.org/a/b; c", "www.example.org/a/b"},
		{"https://example.org/a?b=c&d=e#f.", "https://example.org/a?b=c&d=e#f"},
	} {
		_, urls := scan(tt.text, false, nil)
		if len(urls) != 1 || tt.text[urls[0].from:urls[0].to] != tt.want {
			t.Errorf("addresses of %q: %v, want %q", tt.text, urls, tt.want)
		}
	}
}

package citation

import (
	"strings"
	"testing"
)

func TestSuggest(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"S/RES/2I00", "S/RES/2100"},
		{"S/RES/21OO", "S/RES/2100"},
		{"S/RE5/2100", "S/RES/2100"},
		{"5/RES/2100", "S/RES/2100"},
		{"S/RES//331", "S/RES/331"},
		{"S/RES2423", "S/RES/2423"},
		{"SRES/2423", "S/RES/2423"},
		{"S/RES/21000", "S/RES/2100"},
		{"S/RSE/2423", "S/RES/2423"},
		{"S/RES/60/1", "A/RES/60/1"},
		{"S/RES/2023/402", "E/RES/2023/402"},
		{"S/78/22", "A/78/22"},
		{"A/2023/402", "S/2023/402"},
		{"S/2O23/402", "S/2023/402"},
		{"S/2023-402", "S/2023/402"},
		{"S//2023/402", "S/2023/402"},
		{"S/2O11/641", "S/2011/641"},
		{"S/PRST2018/18", "S/PRST/2018/18"},
		{"S/PRST2009/9", "S/PRST/2009/9"},
		{"Council/PRST/2001/31", "S/PRST/2001/31"},
		{"S/PV/9350", "S/PV.9350"},
		{"SPV.9350", "S/PV.9350"},
		{"S/PV9350", "S/PV.9350"},
		{"S/PV.PV.4842", "S/PV.4842"},
		{"S/S/2013/735", "S/2013/735"},
		{"ST/SGAC.10//40", "ST/SG/AC.10/40"},
		{"A/74/A/74/379/Add.1", "A/74/379/Add.1"},
		{"A/C3/39/4", "A/C.3/39/4"},
		{"A/C.3L.1383/Rev.1", "A/C.3/L.1383/Rev.1"},
		{"A/C.355/L.12", "A/C.3/55/L.12"},
		{"A/CONF.121/1PM/1", "A/CONF.121/IPM/1"},
		{"A/CONF.l57/24", "A/CONF.157/24"},
		{"A/78/L..9", "A/78/L.9"},
		{"A/ES10/L.23", "A/ES-10/L.23"},
		{"A/S30/L.1", "A/S-30/L.1"},
		{"A/RES/72/L.69", "A/72/L.69"},
		{"A/RES/2100", "S/RES/2100"},
		{"ECE/MP.WAT/63.Add.2", "ECE/MP.WAT/63/Add.2"},
		{"ECE/EX2020/L.15", "ECE/EX/2020/L.15"},
		{"ECE/TRANS/WP30/AC.2/2022/12", "ECE/TRANS/WP.30/AC.2/2022/12"},
		{"ECE/HPB/2017/6", "ECE/HBP/2017/6"},
		{"ECE/AND/51", "ECE/ADN/51"},
		{"ECE/TRAN/2022/6", "ECE/TRANS/2022/6"},
		{"CCPR/C/21/Rev.1/Add.1326", "CCPR/C/21/Rev.1/Add.13"},
		{"S/RES/2423", ""},
		{"ECE/TRANS/2022/6", ""},
		{"HIV/AIDS", ""},
		{"T/PCCs", ""},
		{"and/or", ""},
		{"", ""},
		{"////", ""},
	} {
		var got []string
		for _, s := range Suggest(tt.text) {
			got = append(got, s.String())
		}
		if len(got) > 3 || tt.want == "" && len(got) > 0 || tt.want != "" && !strings.Contains(" "+strings.Join(got, " ")+" ", " "+tt.want+" ") {
			t.Errorf("Suggest(%q) = %q, want %q among them", tt.text, got, tt.want)
		}
	}
}

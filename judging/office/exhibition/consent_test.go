package exhibition

import "testing"

// TestACellSaysYesNoOrNothing reads cells as people fill them in. What says neither is nobody's consent.
func TestACellSaysYesNoOrNothing(t *testing.T) {
	for cell, want := range map[string]Consent{
		"": Unknown, "同意": Given, " 是 ": Given, "√": Given, "Yes": Given, "已授权": Given, "无异议": Given, "授权书已交": Given,
		"不同意": Refused, "否": Refused, "不授权": Refused, "NO": Refused, "×": Refused, "拒绝": Refused,
		"无": Unknown, "未交": Unknown, "待定": Unknown, "？": Unknown,
	} {
		if got := answer(cell); got != want {
			t.Errorf("%q is %s, want %s", cell, got, want)
		}
	}
}

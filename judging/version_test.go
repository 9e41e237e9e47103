package judging

import "testing"

func TestOnlyWhatIsPackedFromATagIsARelease(t *testing.T) {
	defer func() { version = "" }()
	for packed, release := range map[string]bool{
		"1.2.0":                true,
		"1.2.0+3.g46504a1":     false,
		"0.0.0+g46504a1.dirty": false,
		"2.0.0-rc1":            true,
	} {
		version = packed
		if text, is := Version(); text != packed || is != release {
			t.Errorf("%s: %s, release %v", packed, text, is)
		}
	}
	version = ""
	if text, release := Version(); text == "" || release {
		t.Errorf("built by go alone: %q, release %v", text, release)
	}
}

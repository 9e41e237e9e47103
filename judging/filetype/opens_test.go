package filetype_test

import (
	"testing"

	"fayi/judging/filetype"
)

func TestOnlyWorksAreOpenedByOtherPrograms(t *testing.T) {
	for _, c := range []struct{ head, name, want string }{
		{"\xFF\xD8\xFF\xE0", "a.exe", ".jpg"}, {"II*\x00", "a", ".tif"}, {"%PDF-1.4", "a.bat", ".pdf"},
		{"\x00\x00\x00\x18ftypisom", "片.avi", ".mp4"},
		{"依法治国", "a.vbs", ".txt"}, {"MZ\x90\x00\x03\x00\x00\x00", "照片.jpg", ""}, {"\x7FELF\x02\x01", "a.mp4", ""},
		{"PK\x03\x04", "a.zip", ""}, {"", "a.jpg", ""},
		{"Rar!\x1A\x07\x00", "a.rar", ""}, {"a,b\n1,2", "表.csv", ""},
	} {
		if got := filetype.Of([]byte(c.head), c.name).Ext; got != c.want {
			t.Errorf("%q as %s: %q, want %q", c.head, c.name, got, c.want)
		}
	}
}

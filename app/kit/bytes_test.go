package kit

import "testing"

func TestBytesAreWrittenAsPeopleDo(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 KB", 1: "1 KB", 1024: "1 KB", 1025: "2 KB", 1<<20 - 1: "1024 KB", 1 << 20: "1 MB", 3 << 19: "1.5 MB",
		12 << 20: "12 MB", 12<<20 + 1: "12 MB", 1 << 30: "1 GB", 5 << 29: "2.5 GB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

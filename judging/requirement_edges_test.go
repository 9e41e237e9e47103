package judging

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// faultsOf lists what one file of some facts does not keep to.
func faultsOf(r Requires, f File, x FileFacts) (out []string) {
	for _, s := range r.Check([]File{f}, func(string) (FileFacts, bool) { return x, true }) {
		out = append(out, s.Text)
	}
	return out
}

func TestAValueExactlyAtALimitKeepsToIt(t *testing.T) {
	kinds := map[string]struct {
		least, most func(n int) Requires
		file        func(n int) (File, FileFacts)
	}{
		"mb": {
			func(n int) Requires { return Requires{MinMB: float64(n)} },
			func(n int) Requires { return Requires{MaxMB: float64(n)} },
			func(n int) (File, FileFacts) { return File{Bytes: int64(n) << 20}, FileFacts{} }},
		"long": {
			func(n int) Requires { return Requires{MinLong: n} },
			func(n int) Requires { return Requires{MaxLong: n} },
			func(n int) (File, FileFacts) { return File{Bytes: 1}, FileFacts{Width: 1, Height: n} }},
		"short": {
			func(n int) Requires { return Requires{MinShort: n} }, nil,
			func(n int) (File, FileFacts) { return File{Bytes: 1}, FileFacts{Width: 9000, Height: n} }},
		"seconds": {
			func(n int) Requires { return Requires{MinSeconds: float64(n)} },
			func(n int) Requires { return Requires{MaxSeconds: float64(n)} },
			func(n int) (File, FileFacts) { return File{Bytes: 1}, FileFacts{Seconds: float64(n) + .4} }},
		"words": {
			func(n int) Requires { return Requires{MinWords: n} },
			func(n int) Requires { return Requires{MaxWords: n} },
			func(n int) (File, FileFacts) { return File{Bytes: 1}, FileFacts{Words: n} }},
	}
	for what, k := range kinds {
		for n := 9; n <= 11; n++ {
			f, x := k.file(n)
			var want []string
			if n < 10 {
				want = []string{"require.less_" + what}
			}
			if got := faultsOf(k.least(10), f, x); !slices.Equal(got, want) {
				t.Errorf("%d %s of at least 10: %v", n, what, got)
			}
			if k.most == nil {
				continue
			}
			if want = nil; n > 10 {
				want = []string{"require.more_" + what}
			}
			if got := faultsOf(k.most(10), f, x); !slices.Equal(got, want) {
				t.Errorf("%d %s of at most 10: %v", n, what, got)
			}
		}
	}
}

func TestTheNumberOfFilesMayBeExactlyAtALimit(t *testing.T) {
	for n, want := range map[int][]string{1: {"require.few_files"}, 2: nil, 3: nil, 4: {"require.many_files"}} {
		var got []string
		unknown := func(string) (FileFacts, bool) { return FileFacts{}, false }
		for _, s := range (&Requires{MinFiles: 2, MaxFiles: 3}).Check(slices.Repeat([]File{{Bytes: 1}}, n), unknown) {
			got = append(got, s.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d files: %v, want %v", n, got, want)
		}
	}
}

// TestAFileThatCantBeOpenedIsNamedAndNothingElseOfIt: which one it is, whether its kind is asked for or not.
func TestAFileThatCantBeOpenedIsNamedAndNothingElseOfIt(t *testing.T) {
	whole := File{Bytes: 1, Kind: "picture", Sum: "whole"}
	for name, f := range map[string]File{
		"require.empty": {Kind: "picture", Sum: "bad"}, "require.broken": {Bytes: 1, Kind: "picture", Sum: "bad"},
	} {
		for _, kinds := range [][]string{nil, {"picture"}, {"audio"}} {
			r := Requires{Kinds: kinds, MinLong: 100}
			facts := func(sum string) (FileFacts, bool) {
				return FileFacts{Width: 9, Height: 9, Broken: sum == "bad"}, sum == "bad"
			}
			var got []string
			for _, s := range r.Check([]File{whole, whole, f}, facts) {
				if s.File > 0 { // else it is about all of them
					got = append(got, fmt.Sprint(s.Text, " ", s.File))
				}
			}
			if want := []string{name + " 3"}; !slices.Equal(got, want) {
				t.Errorf("asked for %v: %v, want %v", kinds, got, want)
			}
		}
	}
}

func TestWhatWasNotFoundInAFileIsNotHeldAgainstIt(t *testing.T) {
	all := Requires{MinLong: 100, MinShort: 100, MinSeconds: 10, MinWords: 10, Formats: []string{"png"}}
	for name, x := range map[string]FileFacts{
		"nothing": {}, "no width": {Height: 50}, "no height": {Width: 50}, "no pixels": {Format: "png"},
	} {
		got := faultsOf(all, File{Name: "a.jpg", Bytes: 1}, FileFacts{Width: x.Width, Height: x.Height})
		if len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := faultsOf(Requires{}, File{Name: "没有后缀", Bytes: 1}, FileFacts{Format: "jpeg"}); len(got) != 0 {
		t.Errorf("a name without ending: %v", got)
	}
}

// TestWhichEndingsFitWhichFormat holds sameFormat to a plain list: an ending fits its own format, and some fit
// others.
func TestWhichEndingsFitWhichFormat(t *testing.T) {
	also := map[string][]string{"mp4": {"mov"}, "mov": {"mp4"}, "m4a": {"mp4"}} // one container, whatever the ending
	// How people also write the ending of a format.
	written := map[string]string{
		"jpg":  "jpeg",
		"jpe":  "jpeg",
		"jfif": "jpeg",
		"tif":  "tiff",
		"heif": "heic",
		"hif":  "heic",
		"mpeg": "mpg",
		"m4v":  "mp4",
		"3gp":  "mp4",
		"f4v":  "mp4",
		"qt":   "mov",
		"webm": "mkv",
		"mid":  "midi",
		"asf":  "wmv",
		"rmvb": "rm",
		"et":   "xls",
		"text": "txt",
		"md":   "txt",
		"htm":  "txt",
		"html": "txt",
		"m2ts": "ts",
		"mts":  "ts",
		"vob":  "mpg",
		"oga":  "ogg",
		"ogv":  "ogg",
		"dib":  "bmp",
		"dps":  "ppt",
		"pps":  "ppt",
		"ppsx": "pptx",
		"docm": "docx",
	}
	endings := slices.Concat(fileFormats, slices.Collect(maps.Keys(written)), []string{"xyz", "et", "mid", "wps"})
	for _, ext := range endings {
		own := ext
		if other, ok := written[ext]; ok {
			own = other
		}
		for _, format := range slices.Concat(fileFormats, []string{"midi", "rm", "xls", "ts"}) {
			unknown := !slices.Contains(fileFormats, own) || own == "wps" || format == "wps"
			want := unknown || own == format || slices.Contains(also[own], format)
			if got := sameFormat(ext, format); got != want {
				t.Errorf("%s with %s inside: %v", ext, format, got)
			}
		}
	}
}

func TestASpanMayBeOneValueButNotTurnedRound(t *testing.T) {
	inf, nan := 1/zero(), zero()/zero()
	for _, tt := range []struct {
		low, high float64
		fine      bool
	}{
		{0, 0, true}, {5, 5, true}, {5, 0, true}, {0, 5, true}, {5, 4, false}, {-1, 0, false}, {0, -1, false},
		{nan, 0, false}, {0, nan, false}, {inf, 5, false},
	} {
		c := rulesCheck{}
		c.requires(Category{Name: "摄影", Requires: &Requires{MinMB: tt.low, MaxMB: tt.high}})
		if fine := len(c.out) == 0; fine != tt.fine {
			t.Errorf("%v to %v: %v", tt.low, tt.high, c.out)
		}
	}
}

// zero is no constant: the compiler refuses to divide by one.
func zero() float64 { return 0 }

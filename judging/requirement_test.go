package judging

import (
	"slices"
	"testing"
)

func TestRequirementsAreTold(t *testing.T) {
	photo := &Requires{
		Kinds:    []string{"picture"},
		Formats:  []string{"jpeg", "tiff"},
		MaxFiles: 2,
		MinMB:    1,
		MaxMB:    10,
		MinLong:  2000,
		MinShort: 1000,
	}
	essay := &Requires{Kinds: []string{"document", "text"}, MinWords: 800, MaxWords: 3000}
	film := &Requires{Kinds: []string{"video"}, MaxSeconds: 300, MaxMB: 200}
	facts := map[string]FileFacts{
		"good":  {Kind: "picture", Format: "jpeg", Width: 3000, Height: 2000},
		"small": {Kind: "picture", Format: "png", Width: 900, Height: 2100},
		"bad":   {Kind: "picture", Broken: true},
		"prose": {Kind: "document", Format: "docx", Words: 500},
		"more":  {Kind: "text", Format: "txt", Words: 400},
		"film":  {Kind: "video", Format: "mp4", Seconds: 301.4},
	}
	file := func(kind, sum, name string, mb float64) File {
		return File{Name: name, Kind: kind, Bytes: int64(mb * (1 << 20)), Sum: sum}
	}
	aside := file("picture", "small", "表.png", 0.1)
	aside.Aside = true
	cases := []struct {
		behaviour string
		rules     *Requires
		files     []File
		want      []string
	}{
		{"nothing asked, nothing there", nil, nil, nil},
		{"nothing asked, broken", nil, []File{file("picture", "bad", "", 1)}, []string{"1 require.broken"}},
		{"as it should be", photo, []File{file("picture", "good", "a.JPG", 4)}, nil},
		{
			"a note beside is free", photo,
			[]File{file("picture", "good", "a.jpg", 4), file("text", "more", "说明.txt", 0.01)}, nil,
		},
		{"set aside", photo, []File{file("picture", "good", "a.jpg", 4), aside}, nil},
		{"no file", photo, nil, []string{"0 require.no_file"}},
		{"wrong kind", photo, []File{file("text", "more", "a.txt", 1)}, []string{"0 require.need_picture"}},
		{"either kind", essay, []File{file("picture", "good", "a.jpg", 1)}, []string{"0 require.need"}},
		{"everything wrong", photo, []File{file("picture", "small", "a.jpg", 0.5)},
			[]string{"1 require.less_mb", "1 require.format", "1 require.wrong_name", "1 require.less_short"}},
		{
			"too many", photo,
			[]File{file("picture", "good", "", 4), file("picture", "good", "", 4), file("picture", "good", "", 4)},
			[]string{"0 require.many_files"},
		},
		{
			"words of all texts count together", essay,
			[]File{file("document", "prose", "a.docx", 1), file("text", "more", "b.txt", 1)}, nil,
		},
		{"too few words", essay, []File{file("document", "prose", "a.docx", 1)}, []string{"0 require.less_words"}},
		{"not measured yet", essay, []File{file("document", "?", "a.docx", 1)}, nil},
		{
			"too long and too big", film, []File{file("video", "film", "a.mp4", 201)},
			[]string{"1 require.more_mb", "1 require.more_seconds"},
		},
	}
	for _, c := range cases {
		var got []string
		for _, s := range c.rules.Check(c.files, func(sum string) (FileFacts, bool) {
			f, ok := facts[sum]
			return f, ok
		}) {
			got = append(got, string(rune('0'+s.File))+" "+s.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.behaviour, got, c.want)
		}
	}
}

func TestRequirementsThatCanNotBeAreRefused(t *testing.T) {
	for name, r := range map[string]Requires{
		"kind":       {Kinds: []string{"pictures"}},
		"format":     {Formats: []string{"jpg"}},
		"span":       {MinMB: 5, MaxMB: 2},
		"below zero": {MaxWords: -1},
	} {
		c := rulesCheck{}
		if c.requires(Category{Name: "摄影", Requires: &r}); len(c.out) != 1 {
			t.Errorf("%s: %v", name, c.out)
		}
	}
	c := rulesCheck{}
	if c.requires(Category{Requires: &Requires{MinFiles: 1, MaxFiles: 1, MinWords: 800}}); len(c.out) != 0 {
		t.Error(c.out)
	}
}

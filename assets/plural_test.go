package assets

import "testing"

func TestNumbersAgreeWithTheirWords(t *testing.T) {
	type count int
	for _, c := range []struct {
		n           any
		work, entry string
	}{
		{0, "0 works", "0 entries are"}, {1, "1 work", "1 entry is"}, {2, "2 works", "2 entries are"},
		{11, "11 works", "11 entries are"},
		{int64(1), "1 work", "1 entry is"}, {int64(21), "21 works", "21 entries are"},
		{count(1), "1 work", "1 entry is"},
		{1.0, "1 work", "1 entry is"}, {1.5, "1.5 works", "1.5 entries are"}, {"1", "1 work", "1 entry is"},
		{"1.0", "1.0 works", "1.0 entries are"},
		{"1–3", "1–3 works", "1–3 entries are"},
	} {
		if told := plural(c.n, "work"); told != c.work {
			t.Errorf("%v works are told as %q", c.n, told)
		}
		if told := plural(c.n, "entry is", "entries are"); told != c.entry {
			t.Errorf("%v entries are told as %q", c.n, told)
		}
		if told, fits := agree(c.n, "is", "are"), c.work == "1 work"; fits != (told == "is") {
			t.Errorf("there %s %v works", told, c.n)
		}
	}
}

func BenchmarkText(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	args := map[string]any{"N": 3, "Path": "/tmp/x", "Done": 2, "Total": 5}
	for _, lang := range Languages {
		t := c.In(lang)
		b.Run(lang, func(b *testing.B) {
			for b.Loop() {
				t.T("app.overview", nil)
				t.T("app.next_objections", args)
				t.T("app.progress_count", args)
			}
		})
	}
}

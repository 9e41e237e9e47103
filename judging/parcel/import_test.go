package parcel_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/parcel"
)

// sendTo writes the parts of a parcel for a contest to a folder.
func sendTo(t *testing.T, o *office.Office, change func(n int, m *parcel.Manifest)) []string {
	t.Helper()
	c, err := o.Contest(t.Context())
	mediatest.Must(t, err)
	rules, err := o.Rules(t.Context())
	mediatest.Must(t, err)
	dir := t.TempDir()
	var out []string
	for n, m := range whole() {
		m.Contest, m.RulesHash = parcel.Key(c), rules.Hash()
		for i := range m.Works {
			m.Works[i].Group = "小学组"
		}
		change(n, &m)
		path := filepath.Join(dir, fmt.Sprintf("第%d包.zip", n+1))
		mediatest.Must(t, os.WriteFile(path, zipOf(itemsOf(m)), 0o600))
		out = append(out, path)
	}
	return out
}

func TestAnImportTakesAParcelWholeOrNotAtAll(t *testing.T) {
	o, _ := newOffice(t, parcel.Request{})
	good := sendTo(t, o, func(int, *parcel.Manifest) {})
	bring := func(dry bool, zips ...string) (intake.ImportReport, error) {
		return o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: zips, DryRun: dry}, nil)
	}
	foreign := sendTo(t, o, func(_ int, m *parcel.Manifest) { m.Contest = "0000" })
	data, err := os.ReadFile(good[1])
	mediatest.Must(t, err)
	cut := filepath.Join(t.TempDir(), "断了.zip")
	mediatest.Must(t, os.WriteFile(cut, data[:len(data)-10], 0o600))
	for what, zips := range map[string][]string{
		"one part": good[:1], "another contest's": foreign, "cut off": {good[0], cut},
	} {
		_, err := bring(false, zips...)
		known, ok := err.(*judging.Error)
		if !ok || known.Code != judging.Invalid || known.Args["File"] == nil {
			t.Errorf("%s: %v", what, err)
		}
		if n := len(worksOf(t, o)); n != 0 {
			t.Fatalf("%s: %d works came in", what, n)
		}
	}
	r, err := bring(true, good...)
	if err != nil || r.Accepted != 3 || r.Files.Matched != 3 || len(worksOf(t, o)) != 0 {
		t.Errorf("a dry run: %+v, %v", r, err)
	}
	r, err = bring(false, filepath.Dir(good[0])) // the folder of both
	if err != nil || r.Accepted != 3 || r.Files.Attached != 3 || len(r.Problems) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if err := r.Sheets.Check(); err != nil || r.Sheets.Sum().Taken != 3 {
		t.Errorf("the account is %+v: %v", r.Sheets, err)
	}
	// one work is gone, one has another file, one has a category that the rules do not know
	later := sendTo(t, o, func(_ int, m *parcel.Manifest) {
		m.Edition, m.Works = 2, m.Works[1:]
		m.Works[0].Files = nil
		m.Works[1].Category = "不知道"
	})
	r, err = bring(false, later...)
	if err != nil || r.Unchanged != 1 || r.Rejected != 1 || len(r.Gone) != 1 || r.Gone[0].Title != "作品1" {
		t.Errorf("%+v, %v", r, err)
	}
	if len(r.Problems) != 1 || r.Problems[0].Text != "parcel.not_again" || r.Problems[0].Row != 2 {
		t.Errorf("%+v", r.Problems)
	}
}

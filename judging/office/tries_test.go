package office_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/rules"
	"fayi/judging/store/bolt"
)

func TestATryIsCountedBeforeItIsMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	clock := &stopped{time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)}
	open := func(first bool) *office.Office {
		t.Helper()
		c := office.Config{Dir: dir, Now: clock.now, Random: new(chance), Actor: "organiser"}
		var err error
		if first {
			if c.DB, c.Blobs, err = bolt.Create(dir); err != nil {
				t.Fatal(err)
			}
			rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
			if err != nil {
				t.Fatal(err)
			}
			o, err := office.Create(t.Context(), c, "征集", "", rules)
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		if c.DB, c.Blobs, err = bolt.OpenFolder(dir); err != nil {
			t.Fatal(err)
		}
		o, err := office.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	o := open(true)
	addJudges(t, o, 1)
	if _, err := o.Secrets().SetPIN(t.Context(), "j001", "2048"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "1111"), judging.Forbidden, "pin.wrong")
		clock.at = clock.at.Add(10 * time.Second)
	}
	wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "1111"), judging.Forbidden, "pin.wrong") // 8 s from now
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}

	o = open(false) // the count is in the file
	wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "2048"), judging.Forbidden, "pin.wait")
	clock.at = clock.at.Add(-time.Hour) // the clock set back: one waits once more, not for an hour
	wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "2048"), judging.Forbidden, "pin.wait")
	clock.at = clock.at.Add(7 * time.Second)
	wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "2048"), judging.Forbidden, "pin.wait")
	clock.at = clock.at.Add(time.Second)
	if err := o.Secrets().CheckPIN(t.Context(), "j001", "2048"); err != nil {
		t.Error("a clock set back makes one wait for longer than the wait:", err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
}

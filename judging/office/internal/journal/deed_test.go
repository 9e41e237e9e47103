package journal_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
)

// TestWhoActedIsReadBack: what was kept of a deed is what is read from the entry, and a reason of another kind is not
// taken for one of a deed.
func TestWhoActedIsReadBack(t *testing.T) {
	organiser, judge := journal.Acting{Reason: "评委住院"}, journal.Acting{Judge: "j001"}
	for _, c := range []struct {
		via  judging.Source
		acts journal.Acting
		want journal.Deed
	}{
		{judging.Desk, journal.Acting{}, journal.Deed{By: "j001", Via: judging.Desk}},
		{judging.Room, organiser, journal.Deed{By: "j001", Via: judging.Room}},
		{judging.Packet, organiser, journal.Deed{By: "j001", Via: judging.Packet}},
		{judging.Sheet, journal.Acting{}, journal.Deed{For: "j001", Via: judging.Sheet}},
		{judging.CLI, judge, journal.Deed{By: "j001", Via: judging.CLI}},
		{judging.CLI, organiser, journal.Deed{For: "j001", Via: judging.CLI, Reason: "评委住院"}},
		{judging.CLI, journal.Acting{Judge: "j002"}, journal.Deed{For: "j001", Via: judging.CLI}},
		{"", judge, journal.Deed{By: "j001"}},
		{"", organiser, journal.Deed{For: "j001", Reason: "评委住院"}},
	} {
		d := journal.DeedOf("j001", c.via, c.acts)
		by := journal.OrganiserName
		if d.By != "" {
			by = string(d.By)
		}
		after, err := json.Marshal(d.Notes(map[string]any{"total": 80}))
		if read := journal.ReadDeed(judging.Entry{By: by, After: after}); err != nil || d != c.want || read != d {
			t.Errorf("%s %+v: %+v, read %+v, want %+v, %v", c.via, c.acts, d, read, c.want, err)
		}
	}
	void := judging.Entry{By: journal.OrganiserName, After: json.RawMessage(`{"void":"x","reason":"误评"}`)}
	if d := journal.ReadDeed(void); d != (journal.Deed{}) {
		t.Errorf("a voided score: %+v", d)
	}
}

// TestAnEntrySaysWithWhichProgramOnWhichComputer reads entries of both programs, of versions that kept neither, and of
// a program that is not known yet.
func TestAnEntrySaysWithWhichProgramOnWhichComputer(t *testing.T) {
	words := func(key string, args map[string]any) string {
		if key == "history.on" {
			return fmt.Sprint(args["Who"], "|", args["Program"], "|", args["Computer"])
		}
		return key
	}
	for on, want := range map[string]string{
		"": "history.organiser", "window": "history.organiser|history.program_window|",
		"fayictl 甲科 的电脑": "history.organiser|history.program_fayictl|甲科 的电脑", "later 甲": "history.organiser",
	} {
		e := judging.Entry{By: journal.OrganiserName, On: on, Verb: "x"}.Seal(judging.Entry{})
		if got := journal.ReadDeed(e).Words(words, nil); got != want {
			t.Errorf("%q: %q, want %q", on, got, want)
		}
		e.On += "乙"
		if e.Follows(judging.Entry{}) {
			t.Errorf("%q: another computer can be written in unnoticed", on)
		}
	}
}

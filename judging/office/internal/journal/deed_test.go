package journal_test

import (
	"encoding/json"
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

package office_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"fayi/judging/store"
)

// TestEveryFileToWhichAContestRefersIsListed: whatever deed put it there. A file in the folder whose sum stands
// anywhere in the contest, as text, in whatever table, is one that it refers to; who fetches, checks and heals files
// asks for the list. Tables that know of a file and never open it are left out.
func TestEveryFileToWhichAContestRefersIsListed(t *testing.T) {
	short := []string{ // one of each kind
		"import", "prepare blind", "a delivery arrives", "superior", "collect a reply", "drop references",
	}
	knows := map[string]bool{ // what a file is like, or was, also of those that are not kept
		"journal": true, "print": true, "match": true, "fact": true, "blind_names": true, "blind_looked": true,
		"settlement": true,
	}
	seen := map[string]bool{} // tables that refer to a file
	for _, stage := range slices.Sorted(maps.Keys(deedsOf)) {
		made := stages(t, stage)
		for _, d := range deedsOf[stage] {
			if testing.Short() && !slices.Contains(short, d.name) {
				continue
			}
			c := prepared(t, made, d)
			if _, err := c.try(t.Context(), d); err != nil {
				t.Fatalf("%s, %s: %v", stage, d.name, err)
			}
			sums, err := c.o.Copies().Sums(t.Context(), "")
			must(t, err)
			listed := map[string]bool{}
			for _, sum := range sums {
				if listed[sum] {
					t.Errorf("%s, %s: a file is listed twice", stage, d.name)
				}
				listed[sum] = true
			}
			all := c.dump()
			must(t, c.blobs.Each(func(b store.Blob) error {
				for key, value := range all {
					table, _, _ := strings.Cut(key, "\x00")
					if knows[table] || !strings.Contains(key+" "+value, b.Sum) {
						continue
					}
					if seen[table] = true; !listed[b.Sum] {
						t.Errorf("%s, %s: %q refers to a file that is not listed", stage, d.name, table)
					}
				}
				return nil
			}))
			must(t, c.o.Close())
		}
	}
	for _, table := range []string{"work", "arrival", "reference", "superior", "delivery", "reply_file", "blind_copy"} {
		if !seen[table] {
			t.Errorf("no deed leaves a file in %q: this test sees nothing of that kind", table)
		}
	}
}

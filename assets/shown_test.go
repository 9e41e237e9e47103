package assets

import (
	"strings"
	"testing"
)

// What a text itself says stays as it is, its line ends, too; each argument goes through the function, wherever in the
// text it stands: in a branch, behind a function, named within an error.
func TestArgumentsGoThroughTheFunctionThatShowsThem(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	plain := c.In("en")
	upper := plain.Showing(strings.ToUpper)
	args := map[string]any{"Before": "a", "Now": "b", "Reason": "c", "Revoked": false}
	for _, c := range []struct {
		text Text
		want string
	}{
		{plain, "It says: a\nNow: b\nReason: c"},
		{upper, "It says: A\nNow: B\nReason: C"},
		{plain, "It says: a\nNow: b\nReason: c"}, // the one does not spoil the other
	} {
		if got := c.text.T("due.change", args); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	packed := map[string]any{"Number": 1, "Level": "city", "Works": 1, "Files": 2, "Dir": "d", "Zip": "z"}
	want := strings.NewReplacer(": d", ": D", ": z", ": Z", "city", "CITY", "1 work", "1 WORK", "2 files", "2 FILES").
		Replace(plain.T("batch.packed", packed))
	if got := upper.T("batch.packed", packed); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := upper.T("due.change", nil); !strings.Contains(got, "<NO VALUE>") {
		t.Errorf("%q hides that an argument is missing", got)
	}
	if len(args) != 4 {
		t.Errorf("the caller's arguments were changed: %v", args)
	}
}

// Package recent keeps which contests were opened lately, in the user's settings.
package recent

import (
	"encoding/json"
	"os"
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/organizer"
)

const (
	pref = "contests"
	most = 6
)

// Contests are those opened lately, the latest first.
type Contests struct{ Prefs fyne.Preferences }

// Recent lists them.
func (c Contests) Recent() []organizer.RecentContest {
	var all []organizer.RecentContest
	// A setting that can't be read is as good as none.
	_ = json.Unmarshal([]byte(c.Prefs.String(pref)), &all)
	for i := range all {
		_, err := os.Stat(all[i].Dir) // a folder whose contest.db is gone is opened to be restored
		all[i].Missing = err != nil
	}
	return all
}

// Forget takes the contest in the folder dir off the list.
func (c Contests) Forget(dir string) {
	c.keep(slices.DeleteFunc(c.Recent(), func(r organizer.RecentContest) bool { return r.Dir == dir }))
}

// Opened puts a contest first.
func (c Contests) Opened(one organizer.RecentContest) {
	c.Forget(one.Dir)
	c.keep(append([]organizer.RecentContest{one}, c.Recent()...))
}

func (c Contests) keep(all []organizer.RecentContest) {
	data, err := json.Marshal(all[:min(len(all), most)])
	if err == nil {
		c.Prefs.SetString(pref, string(data))
	}
}

package page

import (
	"strings"

	"fayi/app/kit"
)

// Kinds of routes. Start, New and Prepare need no open contest; Desk, HandOver and Settings are made by the window; the
// ID of Desk is the judge's.
const (
	Start      = "start"
	New        = "new"
	Prepare    = "prepare" // what to have ready for a contest, and when
	Overview   = "overview"
	History    = "history"   // everything that was done
	OpenPoint  = "openpoint" // the works of one open point; its Tab: the kind
	Works      = "works"     // its Tab: a state to look at
	Import     = "import"    // bringing works in; its ID: the paths, one a line
	Account    = "account"   // what became of each row of an import; its ID: the import, its Tab: the sheet
	Problems   = "problems"  // what is wrong with rows that came in; its Tab: a row of them
	Reconcile  = "reconcile" // which file belongs to which work
	Units      = "units"     // names of units, which are one and which are called otherwise
	Inbox      = "inbox"     // what units are given, what came, who has not sent; its ID: a unit
	UnitMap    = "unitmap"   // how far each unit is, a tile for each
	View       = "view"      // the files of a work, large; its ID: the work, its Filter: which works one steps through
	Judges     = "judges"
	Assign     = "assign"
	Progress   = "progress"
	Results    = "results"
	Fairness   = "fairness" // how sure places are; its Tab: a list
	Explain    = "explain"  // why a work has its place; its ID: the work
	Severity   = "severity" // how judges score; its Tab: a category
	Charts     = "charts"   // the scores drawn; its Tab: a category
	Rules      = "rules"
	Board      = "board"      // the award board; its Tab: a list
	Notice     = "notice"     // the public notice and objections
	Compare    = "compare"    // works at a line that marks leave open, compared in pairs
	Disputes   = "disputes"   // works on which judges are far apart
	Rounds     = "rounds"     // rounds after the first
	Packets    = "packets"    // for judges who score at home
	Clashes    = "clashes"    // scores that differ between contest and packets
	Pledges    = "pledges"    // who accepted the pledge that comes before the first score
	Audience   = "audience"   // votes of an audience, as platforms counted them
	Verify     = "verify"     // totals of collected sheets, typed again by a second person
	Blind      = "blind"      // what judges will see, looked at before they do
	Review     = "review"     // works that wait for review, one after the other
	Duplicates = "duplicates" // pairs that look like one work
	Desk       = "desk"
	Room       = "room"     // judges on devices of their own; its ID: whose code is shown large
	Sending    = "sending"  // what units send over a network
	Stage      = "stage"    // performances in front of the judges
	Screen     = "screen"   // the address of the big screen
	HandOver   = "handover" // judges come to this computer one after another; its ID: the first of them, or ""
	Search     = "search"
	Settings   = "settings" // made by the window

	EditRules    = "editrules"    // its Tab: a section of the rules
	Reports      = "reports"      // every paper
	Due          = "due"          // documents to be made again after a correction
	Certificates = "certificates" // for the winners
	Batches      = "batches"      // winners reported upward; its Tab: the level
)

// Maker builds the page of a route.
type Maker = func(sh kit.Shell, r kit.Route) kit.Page

// ImportRoute leads to a fresh import of paths: each is a page of its own, since that of an earlier one keeps its
// report.
func ImportRoute(sh kit.Shell, paths ...string) kit.Route {
	return kit.Route{Kind: Import, ID: strings.Join(paths, "\n"), Instance: sh.NextInstance()}
}

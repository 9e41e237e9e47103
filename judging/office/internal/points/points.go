// Package points knows everything in a contest that can be unfinished or inconsistent, as one table: what each kind is,
// how it is found, and which gates it stops, asks at or is noted at. No gate checks anything by itself, and a new kind
// is one row here. It finds and never changes.
package points

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// gates is a list of gates.
type gates []records.Gate

// Short names of the gates, for the table.
const (
	publish      = records.GatePublish
	closing      = records.GateClose
	next         = records.GateNext
	decide       = records.GateDecide
	notice       = records.GateNotice
	final        = records.GateFinal
	batch        = records.GateBatch
	certificates = records.GateCertificates
	report       = records.GateReport
)

// kind is one row of the table. Text is "open." and the name where it is empty; place is the route of the page where
// the point is seen to.
type kind struct {
	name  string
	place string
	stops gates
	asks  gates
	says  gates
	text  string
	find  func(*look) (found, error)
	// by tallies and what is kept of awards; nil of a kind that hangs on works alone
	quick func(*quick) (found, error)
}

// Routes of the window's pages, which a test of the window holds to its own.
const (
	atWorks, atReview, atBlind, atDuplicates = "works", "review", "blind", "duplicates"
	atConflicts, atProgress, atPackets       = "judges", "progress", "clashes"
	atDisputes, atAwards, atNotice           = "disputes", "board", "notice"
	atBatches, atResults, atProblems         = "batches", "results", "problems"
	atSending, atPledges, atAudience         = "sending", "pledges", "audience"
	atSeverity, atCompare                    = "severity", "compare"
)

// outward are the gates behind which a list goes to people who can't be asked to give it back.
var outward = gates{notice, final, batch, certificates}

// Table lists the kinds in the order of a contest.
var table = []kind{
	{name: "import_problems", place: atProblems, asks: gates{publish}, says: gates{notice}, find: leftOut},
	{name: "deliveries_waiting", place: atSending, asks: gates{publish}, says: gates{notice},
		find: deliveriesWaiting, quick: quickDeliveries},
	{name: "unit_not_listed", place: atWorks, says: gates{publish, notice}, find: unitNotListed},
	{name: "no_group", place: atWorks, asks: gates{publish}, says: gates{decide, notice}, find: noGroup},
	{name: "no_files", place: atWorks, asks: gates{batch}, says: gates{publish}, find: noFiles},
	{name: "broken_files", place: atWorks, asks: gates{publish}, find: brokenFiles},
	{name: "files_unopened", place: atWorks, says: gates{publish}, find: filesUnopened},
	{name: "not_reviewed", place: atReview, says: gates{publish}, find: notReviewed},
	{name: "blind_unseen", place: atBlind, says: gates{publish}, find: blindUnseen},
	{name: "duplicates", place: atDuplicates, asks: gates{publish}, says: gates{notice}, find: alikePairs},
	{name: "duplicates_stale", place: atDuplicates, says: gates{publish}, find: notCompared},
	{name: "flags", place: atProgress, asks: gates{notice}, says: gates{closing, next, decide},
		find: flags, quick: quickFlags},
	{name: "lists_open", place: atProgress, asks: gates{next, decide, notice}, says: gates{report},
		text: "awards.judges_waiting", find: listsOpen, quick: quickListsOpen},
	{name: "pledges_open", place: atPledges, asks: gates{notice}, says: gates{closing, next, decide},
		find: pledgesOpen, quick: quickPledges},
	{name: "clashes", place: atPackets, stops: gates{notice, final}, asks: gates{closing, next, decide},
		find: clashes, quick: quickClashes},
	{name: "judge_short", place: atProgress, says: gates{closing, next, decide, notice},
		find: judgeShort, quick: quickShort},
	{name: "unranked", place: atResults, asks: gates{notice}, says: gates{closing, next, decide, report},
		find: unranked, quick: quickUnranked},
	{name: "votes_missing", place: atAudience, stops: gates{notice, final}, asks: gates{decide},
		says: gates{closing, report}, find: votesMissing, quick: quickVotes},
	{name: "two_formulas", place: atResults, asks: gates{notice}, says: gates{closing, next, decide, report},
		find: twoFormulas, quick: quickFormulas},
	{name: "conflicted_scores", place: atConflicts, stops: gates{notice, final}, asks: gates{next, decide},
		says: gates{closing, report}, find: conflicted, quick: quickConflicted},
	{name: "hints", place: atSeverity, find: hinted, quick: quickHinted},
	{name: "comparisons_open", place: atCompare, asks: gates{next, decide, notice},
		find: comparisonsOpen, quick: quickComparisons},
	{name: "disputes", place: atDisputes, asks: gates{notice}, says: gates{next, decide},
		find: disputes, quick: quickDisputes},
	{name: "reopened", place: atDisputes, stops: gates{next, notice, final, batch, certificates}, asks: gates{decide},
		says: gates{report}, find: reopened, quick: quickReopened},
	{name: "rulings_pending", place: atAwards, stops: outward, says: gates{report},
		find: rulingsPending, quick: quickPending},
	{name: "awards_stale", place: atAwards, stops: outward, says: gates{report}, find: awardsStale, quick: quickStale},
	{name: "out_awarded", place: atAwards, stops: outward, says: gates{report}, find: outAwarded, quick: quickOut},
	{name: "ties_held", place: atAwards, stops: outward, says: gates{report}, find: tiesHeld, quick: quickHeld},
	{name: "notice_differs", place: atNotice, stops: gates{final, batch, certificates}, says: gates{report},
		find: noticeDiffers, quick: quickDiffers},
	{name: "objections", place: atNotice, stops: gates{final}, asks: gates{batch, certificates},
		text: "notice.open_objections", find: objections, quick: quickObjections},
	{name: "notice_not_over", place: atNotice, asks: gates{batch}, says: gates{certificates},
		find: noticeNotOver, quick: quickNotOver},
	// The next batch carries the corrections.
	{name: "reported_changed", place: atBatches, says: gates{batch, report},
		find: reportedChanged, quick: quickReported},
}

// found is what a kind found: nothing where count is 0.
type found struct {
	count  int
	works  []judging.WorkID
	judges []judging.JudgeID
	args   judging.Args // besides Count
}

// ofWorks is a finding of works, each once, by identity.
func ofWorks(works []judging.WorkID) found {
	works = slices.Compact(slices.Sorted(slices.Values(works)))
	return found{count: len(works), works: works}
}

// Finder finds what is open in contests; now tells when a notice is over.
type Finder struct {
	Now   func() time.Time
	Worth int // how many works make a list worth keeping
}

func (f Finder) look(ctx context.Context, tx store.Tx) *look {
	return &look{ctx: ctx, tx: tx, r: records.ReadingOf(tx), today: f.Now().Format(day.Form)}
}

// Open lists what is open at a gate, all there is for "", in the order of the table.
func (f Finder) Open(ctx context.Context, tx store.Tx, gate records.Gate) ([]records.Point, error) {
	l := f.look(ctx, tx)
	out := []records.Point{}
	for _, k := range table {
		if gate != "" && !k.bearsOn(gate) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		got, err := k.find(l)
		if err != nil {
			return nil, err
		}
		if got.count > 0 {
			out = append(out, k.point(got))
		}
	}
	return out, nil
}

func (k kind) bearsOn(g records.Gate) bool {
	return slices.Contains(k.stops, g) || slices.Contains(k.asks, g) || slices.Contains(k.says, g)
}

func (k kind) point(f found) records.Point {
	args := judging.Args{"Count": f.count}
	for name, v := range f.args {
		args[name] = v
	}
	p := records.Point{Kind: k.name, Count: f.count, Works: f.works, Judges: f.judges, Place: k.place, Args: args,
		Stops: k.stops, Asks: k.asks, Says: k.says, Text: cmp.Or(k.text, "open."+k.name)}
	for _, list := range []*[]records.Gate{(*[]records.Gate)(&p.Stops), (*[]records.Gate)(&p.Asks),
		(*[]records.Gate)(&p.Says)} {
		*list = append([]records.Gate{}, *list...) // never nil, and nobody's but the point's
	}
	if p.Works == nil {
		p.Works = []judging.WorkID{}
	}
	if p.Judges == nil {
		p.Judges = []judging.JudgeID{}
	}
	return p
}

// Kinds lists the names of all kinds.
func Kinds() []string {
	var out []string
	for _, k := range table {
		out = append(out, k.name)
	}
	return out
}

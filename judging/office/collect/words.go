package collect

import (
	"strings"

	"fayi/judging"
	"fayi/judging/collect"
	"fayi/judging/sheet/paper"
)

// asked is a unit as kits know it.
func (u UnitState) asked() collect.Unit {
	return collect.Unit{Name: u.Unit, Quota: u.Quota, Quotas: u.Quotas}
}

// Text says in words which quota is exceeded, and asks what is to be kept.
func (q OverQuota) Text(words paper.Words) string {
	args := judging.Args{"N": q.Works, "Quota": q.Quota, "Category": q.Category}
	if q.Category != "" {
		return words("call.over_of", args)
	}
	return words("call.over", args)
}

// Lines say in words what came of a parcel and from whom it is.
func (r TakeReport) Lines(words paper.Words) []string {
	p := r.Parcel
	args := judging.Args{
		"Unit": p.Unit, "Like": p.Like, "Percent": p.Percent(), "ID": p.Again, "Twin": r.Twin,
		"N": len(r.Import.Copies), "Others": strings.Join(r.Others, "、"),
	}
	if r.Same != "" {
		args["ID"] = r.Same
		return []string{words("call.came_same", args)}
	}
	out := []string{words("call.from_"+p.Sure, args)}
	for _, l := range []struct {
		is  bool
		key string
	}{
		{p.Like != "", "call.like"}, {r.Late, "call.came_late"}, {p.Blank, "call.came_blank"},
		{p.Again != "", "call.came_again"}, {r.Twin != "", "call.came_twin"}, {len(r.Others) > 0, "call.came_others"},
		{len(r.Import.Copies) > 0, "call.came_copies"},
	} {
		if l.is {
			out = append(out, words(l.key, args))
		}
	}
	return out
}

// Notes say in words what is particular about a parcel.
func (p InboxParcel) Notes(words paper.Words) string {
	var notes []string
	for _, n := range []struct {
		is   bool
		key  string
		args judging.Args
	}{
		{p.Dropped, "call.note_dropped", nil}, {p.Undone, "call.note_undone", nil},
		{p.Blank, "call.note_blank", nil}, {p.Late, "call.note_late", nil},
		{p.Again != "", "call.note_again", judging.Args{"ID": p.Again}},
		{p.Copies > 0, "call.note_copies", judging.Args{"N": p.Copies}}, {p.Unit == "", "call.note_nobody", nil},
		{p.Like != "", "call.note_like", judging.Args{"Like": p.Like, "Percent": p.Percent()}},
	} {
		if n.is {
			notes = append(notes, words(n.key, n.args))
		}
	}
	return strings.Join(notes, words("call.semicolon", nil))
}

// StateText says in words how far a unit is.
func (u UnitState) StateText(words paper.Words) string {
	text := words("call.state_"+u.State, nil)
	if u.Late {
		text += words("call.state_late", nil)
	}
	if u.Blank {
		text += words("call.state_blank", nil)
	}
	return text
}

// LackText says in words what is missing of a unit and what is too much.
func (u UnitState) LackText(words paper.Words) string {
	var list []string
	for _, q := range u.Over {
		if q.Category != "" {
			list = append(list, words("call.over_short", judging.Args{
				"Category": q.Category, "N": q.Works, "Quota": q.Quota,
			}))
		}
	}
	for _, l := range u.Lacks {
		list = append(list, words("call.lack_"+l.What, judging.Args{"N": l.N}))
	}
	return strings.Join(list, words("call.semicolon", nil))
}

// StateText says in words how far something in a watched folder is.
func (a Arrival) StateText(words paper.Words) string {
	return words("call.arrival_is_"+a.State, judging.Args{"ID": a.Parcel, "Unit": a.Unit})
}

// StateText says in words what became of a letter and which attachments were left.
func (l LetterReport) StateText(words paper.Words) []string {
	out := []string{words("mail.state_"+l.State, nil)}
	for _, x := range l.Left {
		why := words("mail.left_"+x.Why, nil)
		if x.Name != "" {
			why = words("mail.left", judging.Args{"Name": x.Name, "Why": why})
		}
		out = append(out, why)
	}
	return out
}

// Args are the numbers of a look at a mailbox, for a sentence about it.
func (r MailReport) Args() judging.Args {
	saved, known := r.Count(LetterSaved), r.Count(LetterKnown)
	return judging.Args{
		"All": len(r.Letters), "Saved": saved, "Known": known, "Other": len(r.Letters) - saved - known,
		"Plain": r.Plain,
	}
}

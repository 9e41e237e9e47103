package room

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/room/host"
)

// viewActs are what can be done from the view.
type viewActs struct {
	again, elsewhere             func()
	issue, release, revoke, slip func(host.Row)
}

// view is the open room: its address, who is here, and the code of the judge who is selected. What changes is drawn in
// its place: nothing moves.
type view struct {
	sh    kit.Shell
	room  *opened
	acts  viewActs
	judge judging.JudgeID // selected
	fault error           // of reading who is here

	table *table.Table[host.Row]
	state *fyne.Container // one sentence on whether all is well
	said  sentence        // what it says
	side  *fyne.Container
	drawn drawn // what stands there
	whole fyne.CanvasObject
}

// sentence is what is said, as it is drawn.
type sentence struct {
	tone look.Tone
	text string
}

// drawn is what the side shows.
type drawn struct {
	judge judging.JudgeID
	name  string
	link  string
	bound string // the kind of the device that is bound, "" for none
	pass  bool
}

func newView(sh kit.Shell, r *opened, acts viewActs) *view {
	v := &view{sh: sh, room: r, acts: acts, state: container.NewStack(), side: container.NewStack()}
	v.table = table.New(func(row host.Row) string { return string(row.Judge) }, columns(sh)...).Keep(sh, "room")
	v.table.OnSelect = func(row host.Row) {
		v.judge = row.Judge
		v.draw(row)
	}
	v.table.OnOpen = func(row host.Row) { v.enlarge(row) }
	v.table.Acts = v.menu
	address := lay.Row(
		lay.Gap8, look.NewText(sh.T("roompage.address_is", nil), look.Body, look.Quiet),
		look.NewStrong(r.Address, look.Title, look.Plain),
	)
	top := lay.Stack(lay.Gap8, v.state, address)
	if r.Names {
		large := button.New(sh.T("roompage.names_code", nil), func() {
			sh.Navigate(kit.Route{Kind: page.Room, ID: everybody})
		})
		said := look.NewText(sh.T("roompage.names_on", nil), look.Body, look.Plain)
		top.Add(lay.Flow(lay.Gap8, level(said, large), large))
	}
	ask := askPlain
	if strings.HasPrefix(r.Address, "https:") {
		ask = askSecure
	}
	if r.Trust != nil {
		top.Add(newTrust(sh, r.Trust))
		top.Add(lay.Flow(lay.Gap8, button.New(sh.T("roompage.trust_code", nil), func() {
			sh.Navigate(kit.Route{Kind: page.Room, ID: trusting})
		})))
	}
	foot := lay.Flow(
		lay.Gap8, button.NewPlain(sh.T("stagepage.title", nil), func() { sh.Navigate(kit.Route{Kind: page.Stage}) }),
		button.NewPlain(sh.T("roompage.help", nil), func() { askHelp(sh) }),
		button.NewPlain(sh.T("roompage.plain_title", nil), func() { ask(sh) }),
		button.NewPlain(sh.T("roompage.elsewhere", nil), acts.elsewhere),
	)
	v.whole = lay.Fill(top,
		lay.Split(lay.Gap16, []float32{3, 2}, v.table, lay.Surface(v.side)), foot)
	return v
}

func columns(t kit.Texter) []table.Column[host.Row] {
	return []table.Column[host.Row]{
		table.NameColumn(t.T("roompage.col_judge", nil), 4, 2, func(r host.Row) string { return r.Name }),
		{Title: t.T("roompage.col_state", nil), Min: 5.5, Weight: 2,
			Cell:    func(r host.Row) table.Cell { return stateOf(t, r) },
			Compare: func(a, b host.Row) int { return presence(a) - presence(b) }},
		table.TextColumn(t.T("roompage.col_device", nil), 4, 2, func(r host.Row) string { return device(t, r) }),
		{Title: t.T("roompage.col_done", nil), Min: 4, Number: true,
			Cell: func(r host.Row) table.Cell {
				if r.Submitted {
					return table.Cell{Text: t.T("roompage.submitted", nil), Tone: look.Done}
				}
				return table.Cell{Text: fmt.Sprintf("%d / %d", r.Done, r.Total)}
			},
			Compare: func(a, b host.Row) int { return a.Done*max(b.Total, 1) - b.Done*max(a.Total, 1) }},
		{Title: t.T("roompage.col_waiting", nil), Min: 3, Number: true,
			Cell: func(r host.Row) table.Cell {
				if r.Waiting == 0 {
					return table.Cell{Text: "—", Tone: look.Quiet}
				}
				return table.Cell{Text: fmt.Sprint(r.Waiting), Tone: look.Waiting}
			},
			Compare: func(a, b host.Row) int { return a.Waiting - b.Waiting }},
	}
}

// presence orders judges by how much they are here.
func presence(r host.Row) int {
	switch {
	case r.Open:
		return 3
	case !r.Seen.IsZero():
		return 2
	case !r.Issued.IsZero():
		return 1
	}
	return 0
}

// stateOf says in words whether a judge is here, and since when not. Times stand still: a sentence that counts minutes
// would change while it is read.
func stateOf(t kit.Texter, r host.Row) table.Cell {
	switch presence(r) {
	case 3:
		if r.Knocks > 0 {
			return table.Cell{Text: t.T("roompage.knocked", judging.Args{"N": r.Knocks}), Tone: look.Waiting}
		}
		return table.Cell{Text: t.T("roompage.state_open", nil), Tone: look.Done}
	case 2:
		clock := r.Seen.Local().Format("15:04")
		return table.Cell{Text: t.T("roompage.state_left", judging.Args{"Clock": clock}), Tone: look.Waiting}
	case 1:
		return table.Cell{Text: t.T("roompage.state_not", nil), Tone: look.Quiet}
	}
	return table.Cell{Text: t.T("roompage.state_none", nil), Tone: look.Problem}
}

// device is what the pass is bound to.
func device(t kit.Texter, r host.Row) string {
	if r.Bound.IsZero() {
		return "—"
	}
	return t.T("room.kind_"+r.Kind, nil)
}

// set shows the judges as they are now.
func (v *view) set(rows []host.Row) {
	v.table.SetRows(rows)
	if _, ok := v.table.Selected(); !ok && len(rows) > 0 {
		v.table.Select(string(rows[v.index(rows)].Judge))
	}
	if row, ok := v.table.Selected(); ok {
		v.draw(row)
	}
	v.tell()
}

func (v *view) index(rows []host.Row) int {
	for i, r := range rows {
		if r.Judge == v.judge {
			return i
		}
	}
	return 0
}

// tell says whether all is well, the worst first.
func (v *view) tell() {
	now, n := v.health()
	if now == v.said {
		return
	}
	v.said, n.Tone, n.Text = now, now.tone, now.text
	page.SetBody(v.state, status.NewNotice(n, nil))
	v.whole.Refresh()
}

// health is what is to be said, and the act that helps.
func (v *view) health() (sentence, kit.Notice) {
	elsewhere := kit.Notice{Action: v.sh.T("roompage.elsewhere", nil), Do: v.acts.elsewhere}
	broken := func(key string) sentence {
		return sentence{look.Problem, v.sh.Err(judging.Fail(judging.Unavailable, key, nil))}
	}
	reach, looked := v.room.seen()
	switch {
	case v.room.Ended():
		return broken("room.stopped"), elsewhere
	case v.room.Gone():
		return broken("room.reach_gone"), elsewhere
	case v.fault != nil:
		return sentence{look.Problem, v.sh.Err(v.fault)}, kit.Notice{}
	case reach != nil:
		return sentence{look.Problem, v.sh.Err(reach)},
			kit.Notice{Action: v.sh.T("roompage.look_again", nil), Do: v.acts.again}
	}
	now, n := sentence{look.Info, v.sh.T("roompage.looking", nil)}, kit.Notice{}
	if here := v.came(); here > 0 {
		now = sentence{look.Done, v.sh.T("roompage.reached_by", judging.Args{"N": here})}
	} else if looked {
		now = sentence{look.Info, v.sh.T("roompage.reached", nil)}
		n = kit.Notice{Action: v.sh.T("roompage.help", nil), Do: func() { askHelp(v.sh) }}
	}
	if v.room.asleep != nil {
		now = sentence{look.Waiting, now.text + v.sh.T("roompage.not_awake", nil)}
	}
	return now, n
}

// came counts the judges whose devices asked something since the room was opened.
func (v *view) came() (n int) {
	for _, r := range v.table.Rows() {
		if !r.Seen.IsZero() {
			n++
		}
	}
	return n
}

// askHelp says what to do where a device can't open the page.
func askHelp(sh kit.Shell) {
	sh.Ask(kit.Question{Title: sh.T("roompage.help_title", nil), Text: sh.T("roompage.help_text", nil)})
}

// draw shows the code of a judge, unless it stands there already.
func (v *view) draw(row host.Row) {
	now := drawn{judge: row.Judge, name: row.Name, link: v.room.link(row.Judge), pass: !row.Issued.IsZero()}
	if !row.Bound.IsZero() {
		now.bound = row.Kind
	}
	if now == v.drawn {
		return
	}
	v.drawn = now
	name := fyne.CanvasObject(look.NewCutText(row.Name, look.Section, look.Plain))
	more := button.NewMenu(v.sh.T("roompage.more", nil), v.menu(row)...)
	large := button.New(v.sh.T("roompage.enlarge", nil), func() { v.enlarge(row) })
	note := func(key string) fyne.CanvasObject {
		return look.NewPara(v.sh.T(key, judging.Args{"Device": device(v.sh, row)}), look.Body, look.Quiet, 24).Fluid()
	}
	var body fyne.CanvasObject
	switch {
	case now.link == "":
		key := "roompage.code_once"
		if !now.pass {
			key = "roompage.code_revoked"
		}
		fresh := button.New(v.sh.T("roompage.issue", nil), func() { v.acts.issue(v.fresh(row)) })
		body = lay.Fill(name, lay.Stack(lay.Gap8, note(key), lay.Row(0, fresh)), lay.Row(0, more))
	case now.bound != "":
		body = lay.Fill(name, lay.Stack(lay.Gap8, note("roompage.code_bound")), lay.Flow(lay.Gap8, large, more))
	default:
		scan := look.NewText(v.sh.T("roompage.code_scan", nil), look.Note, look.Quiet)
		name = container.NewBorder(nil, nil, nil, container.NewCenter(scan), name)
		body = lay.Fill(name, newCode(v.sh, now.link, look.Em(10)), lay.Flow(lay.Gap8, large, more))
	}
	page.SetBody(v.side, body)
}

// enlarge shows the code of a judge as large as the window, where it is known.
func (v *view) enlarge(row host.Row) {
	if v.room.link(row.Judge) == "" {
		v.acts.issue(v.fresh(row))
		return
	}
	v.sh.Navigate(kit.Route{Kind: page.Room, ID: string(row.Judge)})
}

// fresh is a judge's row as it is now: buttons are drawn long before they are pressed.
func (v *view) fresh(row host.Row) host.Row {
	for _, r := range v.table.Rows() {
		if r.Judge == row.Judge {
			return r
		}
	}
	return row
}

// menu is what can be done for one judge.
func (v *view) menu(row host.Row) []*fyne.MenuItem {
	issue := fyne.NewMenuItem(v.sh.T("roompage.issue", nil), func() { v.acts.issue(v.fresh(row)) })
	if row.Issued.IsZero() {
		return []*fyne.MenuItem{issue}
	}
	var out []*fyne.MenuItem
	if v.room.link(row.Judge) != "" {
		out = append(out, fyne.NewMenuItem(v.sh.T("roompage.enlarge", nil), func() { v.enlarge(row) }),
			fyne.NewMenuItem(v.sh.T("roompage.slip", nil), func() { v.acts.slip(v.fresh(row)) }))
	}
	return append(
		out, fyne.NewMenuItem(v.sh.T("roompage.release", nil), func() { v.acts.release(v.fresh(row)) }), issue,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(v.sh.T("roompage.revoke", nil), func() { v.acts.revoke(v.fresh(row)) }),
	)
}

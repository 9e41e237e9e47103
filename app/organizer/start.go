package organizer

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
)

// Doors are the ways into a contest. Each runs in the background, shows what went wrong, and on success shows the
// contest's overview.
type Doors interface {
	// Recent lists the contests opened lately, the last one first.
	Recent() []RecentContest
	// Forget takes a contest off that list; its folder stays.
	Forget(dir string)
	// Open opens the contest in a folder.
	Open(dir string)
	// Create makes a contest and opens it.
	Create(n NewContest)
	// Sample makes a contest of invented works and judges below dir and opens it.
	Sample(dir string)
	// Now is the time.
	Now() time.Time
	// Home is the folder where contests are kept unless the user says otherwise.
	Home() string
	// Packets lists the judges' packets unpacked on this computer, in the folder that t names, the most recently
	// used first.
	Packets(t kit.Texter) []KnownPacket
	// AskPacket asks a judge for the file of a packet and opens it.
	AskPacket()
	// AskArchive asks for the archive of a contest, restores and opens it.
	AskArchive()
	// AskJoin asks for an invitation to a contest that others share, fetches and opens it.
	AskJoin()
	// OpenPacket goes on in one of them, after its passphrase was asked for.
	OpenPacket(path string)
}

// KnownPacket is a packet that can be opened without the stick it came on.
type KnownPacket struct {
	Name string // of the file it came in
	Path string
	Used time.Time // when something was last said in it
	Due  bool      // submitted, and the reply was never saved
}

// RecentContest is a contest opened before.
type RecentContest struct {
	Name, Dir string
	Missing   bool // its folder is not there now
}

// NewContest says what contest to make.
type NewContest struct {
	Name, Host string
	Folder     string // where the contest's own folder is made
	Year       int    // of the season; 0: not said
	Template   string // the key of a template, see package prepare; "" takes the usual one
	Like       string // the folder of an earlier contest that is taken over, without works and scores; "" for none
	Rules      string // a rule file, in the place of a template; "" for none
	Edit       bool   // show the rules to be changed first
}

// startPage is the first screen: the ways into a contest.
type startPage struct {
	sh     kit.Shell
	doors  Doors
	recent *fyne.Container
	begun  *fyne.Container // packets a judge may go on with
}

// NewStart returns the first screen.
func NewStart(sh kit.Shell, doors Doors) kit.Page { return &startPage{sh: sh, doors: doors} }

// Title is empty: the window's own name is enough.
func (p *startPage) Title() string { return "" }

// Bare hides the rail.
func (p *startPage) Bare() bool { return true }

// Content builds the three ways in, and the list of contests opened before.
func (p *startPage) Content() fyne.CanvasObject {
	p.recent, p.begun = lay.Stack(lay.Gap4), lay.Stack(lay.Gap4)
	ways := lay.Tiles(lay.Gap16, look.Em(14),
		p.way("new", theme.DocumentCreateIcon(), func() { p.sh.Navigate(kit.Route{Kind: page.New}) }),
		p.way("open", theme.FolderOpenIcon(), func() { p.sh.OpenFolder(p.doors.Open) }),
		p.way("sample", theme.GridIcon(), p.onSample))
	judge := lay.Row(
		lay.Gap8, look.NewText(p.sh.T("app.start_judge", nil), look.Body, look.Quiet),
		button.NewPlain(p.sh.T("app.start_judge_act", nil), p.doors.AskPacket),
	)
	archive := lay.Row(
		lay.Gap8, look.NewText(p.sh.T("app.start_archive", nil), look.Body, look.Quiet),
		button.NewPlain(p.sh.T("app.start_archive_act", nil), p.doors.AskArchive),
	)
	join := lay.Row(
		lay.Gap8, look.NewText(p.sh.T("app.start_join", nil), look.Body, look.Quiet),
		button.NewPlain(p.sh.T("app.start_join_act", nil), p.doors.AskJoin),
	)
	prepare := lay.Row(
		lay.Gap8, look.NewText(p.sh.T("app.start_prepare", nil), look.Body, look.Quiet),
		button.NewPlain(
			p.sh.T("app.start_prepare_act", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Prepare}) },
		),
	)
	gap := lay.Gap24
	if look.Short() {
		gap = lay.Gap8
	}
	// Whoever scores at home has nothing else to do here: what was begun must not lie below the edge of the window.
	body := lay.Stack(gap, p.banner(), p.begun, lay.Stack(lay.Gap8, ways, prepare, judge, archive, join), p.recent)
	wide := container.New(&columnLayout{most: look.Em(60)}, body)
	return lay.Inset(lay.Around(), lay.VScroll(page.ClearOfBar(wide)))
}

// banner is the seal and the product's name.
func (p *startPage) banner() fyne.CanvasObject {
	seal := canvas.NewRectangle(look.Accent.Color())
	seal.CornerRadius = 8
	mark := look.NewStrong(p.sh.T("shell.seal", nil), look.Title, look.Plain)
	mark.Color, mark.TextSize = theme.Color(look.ColorOnAccent), look.Title.Size()*1.6
	side, above := look.Em(4), lay.Gap24
	if look.Short() {
		side, above = look.Em(3), 0
	}
	stamp := container.NewStack(seal, lay.Blank(side, side), container.NewCenter(mark))
	name := look.NewStrong(p.sh.T("shell.name", nil), look.Title, look.Plain)
	words := lay.Stack(lay.Gap4, name, look.NewText(p.sh.T("app.start_text", nil), look.Body, look.Quiet))
	return lay.Stack(0, lay.Blank(0, above), lay.Row(lay.Gap16, stamp, words))
}

// way is a large card to press.
func (p *startPage) way(name string, icon fyne.Resource, tapped func()) fyne.CanvasObject {
	size := fyne.NewSquareSize(look.Em(2))
	words := look.NewPara(p.sh.T("app.start_"+name+"_text", nil), look.Body, look.Quiet, 15)
	mark := container.NewHBox(container.NewGridWrap(size, page.IconOf(icon)))
	title := look.NewStrong(p.sh.T("app.start_"+name, nil), look.Section, look.Plain)
	inside, around := lay.Stack(lay.Gap8, mark, title, words), lay.Gap24
	if look.Short() {
		inside, around = lay.Stack(lay.Gap4, lay.Row(lay.Gap8, mark, title), words), lay.Gap8
	}
	return lay.Sheet(0, button.NewPress(lay.Inset(around, inside), tapped))
}

// Load lists the contests opened before.
func (p *startPage) Load() {
	p.recent.RemoveAll()
	p.showPackets()
	all := p.doors.Recent()
	if len(all) == 0 {
		return
	}
	p.recent.Add(look.NewStrong(p.sh.T("app.recent", nil), look.Section, look.Plain))
	for _, r := range all {
		p.recent.Add(p.recentRow(r))
	}
}

// showPackets lists what a judge may go on with on this computer: the latest few.
func (p *startPage) showPackets() {
	all := p.doors.Packets(p.sh)
	p.begun.RemoveAll()
	p.begun.Hidden = len(all) == 0
	if p.begun.Hidden {
		return
	}
	p.begun.Add(look.NewStrong(p.sh.T("app.start_packets", nil), look.Section, look.Plain))
	for _, k := range all[:min(len(all), 5)] {
		p.begun.Add(p.packetRow(k))
	}
}

func (p *startPage) packetRow(k KnownPacket) fyne.CanvasObject {
	open := func() { p.doors.OpenPacket(k.Path) }
	used := map[string]any{"Time": kit.DateTime(p.sh, k.Used.Local())}
	state, tone := p.sh.T("app.start_packet_used", used), look.Quiet
	if k.Due {
		state, tone = p.sh.T("app.start_packet_due", nil), look.Waiting
	}
	words := lay.Stack(
		lay.Gap4, look.NewCutText(k.Name, look.Body, look.Plain), look.NewCutText(state, look.Note, tone),
	)
	act := button.New(p.sh.T("app.start_packet_go", nil), open)
	return lay.Sheet(
		0,
		container.NewBorder(
			nil, nil, nil, container.NewCenter(lay.Inset(lay.Gap8, act)),
			button.NewPress(lay.Inset(lay.Gap8, words), open),
		),
	)
}

func (p *startPage) recentRow(r RecentContest) fyne.CanvasObject {
	place := look.NewCutText(r.Dir, look.Note, look.Quiet)
	open := func() { p.doors.Open(r.Dir) }
	if r.Missing {
		place.Set(p.sh.T("app.recent_missing", map[string]any{"Dir": r.Dir}), look.Waiting)
		open = nil
	}
	words := lay.Inset(lay.Gap8, lay.Stack(lay.Gap4, look.NewCutText(r.Name, look.Body, look.Plain), place))
	forget := button.NewPlain(p.sh.T("app.recent_forget", nil), func() { p.doors.Forget(r.Dir); p.Load() })
	return lay.Sheet(0, container.NewBorder(nil, nil, nil, container.NewCenter(forget), button.NewPress(words, open)))
}

// onSample asks before it writes: a sample takes a while and some room.
func (p *startPage) onSample() {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("app.start_sample", nil), Text: p.sh.T("app.sample_ask", map[string]any{"Dir": p.doors.Home()}),
		Action: p.sh.T("app.sample_make", nil),
		Do:     func() error { p.doors.Sample(p.doors.Home()); return nil },
	})
}

// columnLayout centres one object in a column at most so wide.
type columnLayout struct{ most float32 }

// MinSize is the object's.
func (l *columnLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout gives the object the column.
func (l *columnLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, l.most)
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[0].Move(fyne.NewPos((size.Width-w)/2, 0))
}

package room

import (
	"context"
	"net"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/passes"
	"fayi/judging/room/host"
	"fayi/judging/room/lan"
)

// form asks where to open the room: on which network of this computer, at which port.
type form struct {
	sh     kit.Shell
	list   []lan.Address
	chosen string // IP
	choice *fyne.Container
	port   *field.Number
	names  *choice.Check // one address for all
	who    *fyne.Container
	safety *safety
	whole  fyne.CanvasObject

	entrances []passes.Entrance // who could come in by name
}

func newForm(sh kit.Shell, p place) *form {
	f := &form{sh: sh, choice: lay.Stack(lay.Gap4), chosen: p.ip, safety: newSafety(sh, p.way, p.files)}
	f.port = field.NewNumber(
		sh, sh.T("roompage.port", nil), sh.T("roompage.port_help", nil), "", field.Range{Low: 1024, High: 65535}, true,
	)
	usual, _ := strconv.Atoi(host.Port) // a constant
	f.port.SetValue(float64(usual))
	if p.port > 0 {
		f.port.SetValue(p.port)
	}
	where := lay.Stack(
		lay.Gap4, look.NewText(sh.T("roompage.where", nil), look.Body, look.Plain), f.choice,
		look.NewPara(sh.T("roompage.where_help", nil), look.Note, look.Quiet, 48).Fluid(),
	)
	f.names, f.who = choice.NewCheck(sh.T("roompage.names", nil), nil), lay.Stack(0)
	f.names.SetChecked(p.names)
	f.names.OnChanged = func(bool) { f.drawWho() }
	names := lay.Stack(lay.Gap4, f.names,
		look.NewPara(sh.T("roompage.names_help", nil), look.Note, look.Quiet, 48).Fluid(), f.who)
	f.whole = lay.VScroll(lay.Stack(
		lay.Gap16, look.NewPara(sh.T("roompage.text", nil), look.Body, look.Plain, 48).Fluid(), where, names, f.port,
		lay.Line(), f.safety.whole,
	))
	return f
}

// newPlainWarning says in one sentence what the network does not hide, with the rest behind it.
func newPlainWarning(sh kit.Shell) fyne.CanvasObject {
	return lay.Stack(
		lay.Gap4, look.NewPara(sh.T("roompage.plain", nil), look.Body, look.Quiet, 48).Fluid(),
		lay.Row(0, button.NewPlain(sh.T("roompage.plain_more", nil), func() { askPlain(sh) })),
	)
}

// askPlain tells what plain HTTP hides and what not.
func askPlain(sh kit.Shell) {
	sh.Ask(kit.Question{Title: sh.T("roompage.plain_title", nil), Text: sh.T("roompage.plain_text", nil)})
}

// askSecure tells what HTTPS hides and what not.
func askSecure(sh kit.Shell) {
	sh.Ask(kit.Question{Title: sh.T("roompage.plain_title", nil), Text: sh.T("roompage.secure_text", nil)})
}

// set shows the computer's addresses; what was chosen stays chosen while it is there.
func (f *form) set(all []lan.Address) {
	f.list = all
	if !slices.ContainsFunc(all, func(a lan.Address) bool { return a.IP == f.chosen }) {
		f.chosen = ""
		if len(all) > 0 {
			f.chosen = all[0].IP
		}
	}
	f.draw()
}

func (f *form) draw() {
	f.choice.RemoveAll()
	for i, a := range f.list {
		f.choice.Add(f.option(a, i == 0))
	}
	if len(f.list) == 0 {
		f.choice.Add(look.NewPara(
			f.sh.Err(judging.Fail(judging.Unavailable, "room.no_network", nil)), look.Body, look.Problem, 48,
		).Fluid())
	}
	f.choice.Refresh()
}

// tellWho says before the room is opened who can't come in by name; loudly where that is how they are to come.
func (f *form) tellWho(all []passes.Entrance) {
	f.entrances = all
	f.drawWho()
}

func (f *form) drawWho() {
	var without []string
	for _, why := range []passes.Hindrance{passes.NoPIN, passes.Namesake} { // who has no pass gets one at the opening
		var names []string
		for _, e := range f.entrances {
			if e.Why == why {
				names = append(names, e.Name)
			}
		}
		if len(names) > 0 {
			without = append(without, f.sh.T("roompage.names_one", judging.Args{
				"Name": strings.Join(names, f.sh.T("app.list_comma", nil)),
				"Why":  f.sh.T("roompage.unnamed_"+string(why), nil)}))
		}
	}
	tone := look.Quiet
	if f.names.Checked {
		tone = look.Waiting
	}
	f.who.RemoveAll()
	if len(without) == 0 {
		f.who.Add(look.NewPara(f.sh.T("roompage.names_all", nil), look.Note, look.Quiet, 48).Fluid())
	} else {
		f.who.Add(look.NewPara(f.sh.T("roompage.names_without", judging.Args{
			"Names": strings.Join(without, f.sh.T("app.list_comma", nil))}), look.Note, tone, 48).Fluid())
	}
	f.who.Refresh()
}

// option is one address to choose: what the interface is, its address, and which is likely the right one.
func (f *form) option(a lan.Address, likely bool) fyne.CanvasObject {
	icon := theme.RadioButtonIcon()
	if a.IP == f.chosen {
		icon = theme.RadioButtonCheckedIcon()
	}
	row := lay.Row(
		lay.Gap8, lay.Blank(0, look.RowHeight()), widget.NewIcon(icon), look.NewStrong(a.IP, look.Body, look.Plain),
		look.NewText(f.sh.T("roompage.net_"+a.Kind, nil), look.Body, look.Quiet),
	)
	if likely && len(f.list) > 1 {
		row.Add(look.NewText(f.sh.T("roompage.likely", nil), look.Note, look.Done))
	}
	return button.NewPress(container.NewBorder(nil, nil, row, nil), func() {
		f.chosen = a.IP
		f.draw()
	})
}

// place is what was asked for, as "192.168.1.5:8790"; false where the port is no port.
func (f *form) place() (string, bool) {
	if !f.port.Valid() {
		f.port.Focus()
		return "", false
	}
	n, _ := f.port.Value()
	return net.JoinHostPort(f.chosen, strconv.Itoa(int(n))), true
}

// readAddresses finds the computer's addresses; none is no error.
func readAddresses(ctx context.Context, k *Keeper) ([]lan.Address, error) {
	all, err := k.Addresses()
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "room.no_network", nil).Because(err)
	}
	return all, ctx.Err()
}

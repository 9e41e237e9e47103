// Package shared lets several computers share the contest that is open in the window: what the settings say of it, and
// the dialogs to share, to join and to leave.
package shared

import (
	"cmp"
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/seal"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/room/lan"
	"fayi/judging/sealing"
	"fayi/judging/sharing"
)

// port is where a computer that keeps the log is reached, unless somebody says otherwise.
const port = "8791"

// Dialogs are what can be done about sharing.
type Dialogs struct {
	Seals    *seal.Dialogs // knows the window, the door and the open contest
	Computer page.Computer
}

func (d Dialogs) t(key string, args judging.Args) string { return d.Seals.Shell.T(key, args) }

// Section is what the settings say of the open contest. line is a name with what stands next to it.
func (d Dialogs) Section(line func(key string, o fyne.CanvasObject) fyne.CanvasObject) fyne.CanvasObject {
	if d.Seals.Door == nil || d.Seals.Office() == nil {
		return lay.Blank(0, 0)
	}
	f, shared := d.Seals.Door.Standing(d.Seals.Office().Dir())
	if !shared {
		return lay.Stack(lay.Gap8,
			line("sharing.state", lay.Row(lay.Gap8, look.NewText(d.t("sharing.alone", nil), look.Body, look.Plain),
				button.New(d.t("sharing.ask", nil), d.askShare))),
			line("", look.NewPara(d.t("sharing.about", nil), look.Note, look.Quiet, 34)))
	}
	text, tone := Standing(d.Seals.Shell, f)
	invite := button.New(d.t("sharing.copy", nil), func() {
		fyne.CurrentApp().Clipboard().SetContent(f.Share.Invitation())
		d.Seals.Shell.Tell(kit.Notice{Tone: look.Done, Text: d.t("sharing.copied", nil)})
	})
	history := button.NewPlain(d.t("sharing.history", nil), func() {
		d.Seals.Shell.Navigate(kit.Route{Kind: page.History})
	})
	return lay.Stack(lay.Gap8,
		line("sharing.state", look.NewPara(text, look.Body, tone, 26)),
		line("sharing.invitation", lay.Row(lay.Gap8, invite,
			look.NewText(d.t("sharing.invitation_about", nil), look.Note, look.Quiet))),
		line("sharing.others", lay.Row(lay.Gap8, look.NewPara(d.others(f), look.Body, look.Plain, 26), history)),
		line("sharing.files", d.files()),
		line("", lay.Row(lay.Gap8, button.New(d.t("sharing.leave", nil), func() { d.askLeave(f) }))))
}

// Standing says how a shared contest stands.
func Standing(t kit.Texter, f sealing.Followed) (string, look.Tone) {
	s := f.DB.Status()
	switch {
	case s.Err != nil:
		return t.Err(s.Err), look.Problem
	case s.Away:
		return t.T("sharing.away", judging.Args{"Why": t.Err(s.Why)}), look.Problem
	}
	return t.T("sharing.stands", judging.Args{
		"Address": brief(f.Address), "Name": f.Share.Writer, "Position": s.Position, "Sum": s.Sum, "Keeps": f.Keeps(),
	}), look.Done
}

// files says where works' files are, and what is not as it should be with them.
func (d Dialogs) files() fyne.CanvasObject {
	f, there := d.Seals.Door.Files(d.Seals.Office().Dir())
	if !there {
		return look.NewPara(d.t("depot.none", nil), look.Body, look.Plain, 26)
	}
	is := f.Status()
	where := d.t("depot.status", judging.Args{"Address": f.Address})
	out := lay.Stack(lay.Gap4, look.NewPara(where, look.Body, look.Plain, 26))
	for _, of := range []struct {
		key string
		n   int
	}{{"depot.unsent", is.Unsent}, {"depot.missing", is.Missing}, {"depot.damaged", is.Damaged}} {
		if of.n > 0 {
			out.Add(look.NewPara(d.t(of.key, judging.Args{"N": of.n}), look.Body, look.Waiting, 26))
		}
	}
	if is.Trouble != nil {
		out.Add(look.NewPara(d.Seals.Shell.Err(is.Trouble), look.Body, look.Problem, 26))
		return out
	}
	out.Add(lay.Row(lay.Gap8, button.New(d.t("depot.sweep_button", nil), d.askSweep)))
	return out
}

// brief is an address without what only the program needs: the first of several hosts, and no name of a log.
func brief(address string) string {
	scheme, place, _ := strings.Cut(address, "://")
	place, _, _ = strings.Cut(place, "/")
	first, _, more := strings.Cut(place, ",")
	if more {
		first += " …"
	}
	return scheme + "://" + first
}

// Saved is what the frame says of the contest in dir: saved, or that nothing can be.
func Saved(t kit.Texter, door *sealing.Door, dir, saved string) (string, look.Tone) {
	f, shared := door.Standing(dir)
	if !shared {
		return saved, look.Quiet
	}
	switch s := f.DB.Status(); {
	case s.Err != nil:
		return t.T("sharing.frame_stopped", nil), look.Problem
	case s.Away:
		return t.T("sharing.frame_away", nil), look.Problem
	}
	return saved, look.Quiet
}

// others says who else has the contest open, and who wrote, and when, since it was opened here.
func (d Dialogs) others(f sealing.Followed) string {
	var words []string
	say := func(key, writer, clock string) {
		words = append(words, d.t(key, judging.Args{
			"Name": cmp.Or(writer, d.t("sharing.nameless", nil)), "Clock": clock,
		}))
	}
	wrote := map[string]string{}
	for _, h := range f.DB.Others() {
		wrote[h.Writer] = h.At.Local().Format("15:04")
	}
	for _, p := range f.DB.Here() {
		say("sharing.here_now", p.Writer, wrote[p.Writer])
		delete(wrote, p.Writer)
	}
	for _, h := range f.DB.Others() {
		if clock, gone := wrote[h.Writer]; gone {
			say("sharing.wrote", h.Writer, clock)
		}
	}
	if len(words) == 0 {
		return d.t("sharing.nobody", nil)
	}
	return strings.Join(words, d.t("sharing.and", nil))
}

// form is what is filled in to share.
type form struct {
	kind                      *field.Choice
	hosts, database, user, ca *field.Text
	password                  *field.Text
	all                       []field.FormField
}

func (d Dialogs) newForm() *form {
	sh := d.Seals.Shell
	text := func(key, help string, must bool) *field.Text {
		return field.NewText(sh, d.t(key, nil), d.t(help, nil), field.TextRule{Required: must, Limit: 400})
	}
	f := &form{
		kind: field.NewChoice(sh, d.t("sharing.where", nil), d.t("sharing.where_help", nil), "", []choice.Option{
			{Key: sharing.Here, Title: d.t("sharing.here", nil)},
			{Key: sharing.Etcd, Title: "etcd"}, {Key: sharing.Postgres, Title: "PostgreSQL"},
		}),
		hosts:    text("sharing.hosts", "sharing.hosts_help", true),
		database: text("sharing.database", "sharing.database_help", false),
		user:     text("sharing.user", "sharing.user_help", false),
		password: field.NewText(sh, d.t("sharing.password", nil), "", field.TextRule{Limit: 200, Secret: true}),
		ca:       text("sharing.ca", "sharing.ca_help", false),
	}
	f.kind.SetKey(sharing.Here)
	if all, err := lan.Addresses(); err == nil && len(all) > 0 {
		f.hosts.SetText(net.JoinHostPort(all[0].IP, port))
	}
	f.all = []field.FormField{f.kind, f.hosts, f.database, f.user, f.password, f.ca}
	return f
}

func (f *form) where() sharing.Where {
	return sharing.Where{
		Kind: f.kind.Key(), Hosts: f.hosts.Text(), Database: f.database.Text(), User: f.user.Text(),
		Password: f.password.Text(), CA: f.ca.Text(),
	}
}

func (d Dialogs) askShare() {
	f := d.newForm()
	d.Seals.Shell.Ask(kit.Question{
		Title: d.t("sharing.ask_title", nil), Text: d.t("sharing.ask_text", nil), Action: d.t("sharing.ask_do", nil),
		Content: field.NewForm(f.all...),
		Do: func() error {
			to, writer := f.where().Address(), d.Computer.Called()
			d.closed("share.writing", func(ctx context.Context, dir string, pr kit.Progress) error {
				_, err := d.Seals.Door.Share(ctx, dir, to, writer, d.Seals.Door.Known(nil), counted(pr))
				return err
			}, "sharing.shared")
			return nil
		},
	})
}

func (d Dialogs) askLeave(f sealing.Followed) {
	text := "sharing.leave_text"
	if f.Keeps() {
		text = "sharing.leave_keeps"
	}
	d.Seals.Shell.Ask(kit.Question{
		Title: d.t("sharing.leave_title", nil), Text: d.t(text, nil), Danger: true,
		Action: d.t("sharing.leave_do", nil),
		Do: func() error {
			d.closed("sharing.leaving", func(ctx context.Context, dir string, pr kit.Progress) error {
				_, err := d.Seals.Door.Leave(ctx, dir, d.Seals.Door.Known(nil), pr)
				return err
			}, "sharing.left")
			return nil
		},
	})
}

// counted passes on how many records are done; how many there are nobody knows before.
func counted(pr kit.Progress) func(int) { return func(n int) { pr(n, n) } }

// closed closes the open contest, lets do work on it, opens it again, and says that it is done.
func (d Dialogs) closed(name string, do func(ctx context.Context, dir string, pr kit.Progress) error, done string) {
	o := d.Seals.At.Away()
	dir := o.Dir()
	var again *office.Office
	d.Seals.Shell.Run(d.t(name, nil), func(ctx context.Context, pr kit.Progress) error {
		if err := o.Close(); err != nil {
			return err
		}
		err := do(ctx, dir, pr)
		var broken error
		again, broken = d.Seals.At.Again(context.WithoutCancel(ctx), dir)
		return errors.Join(err, broken)
	}, func(err error) {
		if again != nil {
			d.Seals.At.Enter(again)
			d.Seals.Shell.Navigate(kit.Route{Kind: page.Settings})
		}
		if err != nil {
			d.Seals.Shell.ShowError(err)
			return
		}
		d.Seals.Shell.Tell(kit.Notice{Tone: look.Done, Text: d.t(done, nil)})
	})
}

// AskJoin asks for an invitation, and opens the contest that it is for in a new folder below home.
func (d Dialogs) AskJoin(home string) {
	sh := d.Seals.Shell
	invitation := field.NewText(sh, d.t("sharing.invitation", nil), d.t("sharing.join_help", nil),
		field.TextRule{Required: true, Limit: 2000, Lines: 3})
	name := field.NewText(sh, d.t("sharing.folder", nil), d.t("sharing.folder_help", nil),
		field.TextRule{Required: true, Limit: 60})
	word := field.NewText(sh, d.t("sharing.join_password", nil), d.t("sharing.join_password_help", nil),
		field.TextRule{Limit: 64, Secret: true})
	sh.Ask(kit.Question{
		Title: d.t("sharing.join_title", nil), Text: d.t("sharing.join_text", nil), Action: d.t("sharing.join_do", nil),
		Content: field.NewForm(invitation, name, word),
		Do: func() error {
			d.join(sealing.Joining{
				Invitation: invitation.Text(), Dir: filepath.Join(home, page.FolderName(name.Text())),
				Writer: d.Computer.Called(),
				Password: func() (string, error) {
					return word.Text(), sealing.CheckPassword(word.Text())
				},
			})
			return nil
		},
	})
}

func (d Dialogs) join(j sealing.Joining) {
	var o *office.Office
	var code string
	d.Seals.Shell.Run(d.t("share.reading", nil), func(ctx context.Context, pr kit.Progress) (err error) {
		if code, err = d.Seals.Door.Join(ctx, j, counted(pr)); err != nil {
			return err
		}
		o, err = d.Seals.At.Again(ctx, j.Dir)
		return err
	}, func(err error) {
		if err != nil {
			d.Seals.Shell.ShowError(err)
			return
		}
		d.Seals.At.Enter(o)
		if code == "" {
			d.Seals.Shell.Tell(kit.Notice{Tone: look.Done, Text: d.t("sharing.joined", nil)})
			return
		}
		d.Seals.Shell.Ask(kit.Question{
			Title: d.t("sharing.join_title", nil), Text: d.t("share.joined_code", judging.Args{"Code": code}),
			Action: d.t("kit.close", nil),
		})
	})
}

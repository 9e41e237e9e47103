package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/packet"
)

// Kinds of routes of a judge's own computer. The ID of packetKind is the packet's path.
const (
	packetKind = "packet"      // asks for the passphrase
	packetDesk = "packet-desk" // the scoring desk
	packetDone = "packet-done" // the reply
)

// isPacket reports whether path is one to be opened by a judge: by its name, or the copy in a working folder.
func isPacket(path string) bool {
	if packet.IsNamed(path) {
		return true
	}
	h, err := packet.Peek(path)
	return err == nil && !h.Reply
}

// packetDir is where packets are unpacked.
func (s *Session) packetDir() string { return packetsIn(s.app) }

func packetsIn(t kit.Texter) string { return filepath.Join(homeIn(t), t.T("packet.folder", nil)) }

// packetPages adds the pages of a judge's own computer.
func (s *Session) packetPages(out map[string]Maker) {
	out[packetKind] = func(sh kit.Shell, r kit.Route) kit.Page { return &unlockPage{sh: sh, s: s, path: r.ID} }
	out[packetDesk] = func(sh kit.Shell, _ kit.Route) kit.Page {
		return judge.NewOwnDesk(sh, s.packet, func() { sh.Restart(kit.Route{Kind: packetDone}) })
	}
	out[packetDone] = func(sh kit.Shell, _ kit.Route) kit.Page {
		return &replyPage{sh: sh, s: s, packet: s.packet, leave: s.leavePacket}
	}
}

// atDesk reports whether a judge sits at the page of r: the organiser's menu is not for judges.
func atDesk(r kit.Route) bool {
	return slices.Contains([]string{page.Desk, packetDesk, packetDone}, r.Kind)
}

// Packets lists the packets unpacked on this computer, the most recently used first.
func (s *Session) Packets(t kit.Texter) []organizer.KnownPacket {
	var out []organizer.KnownPacket
	for _, path := range packet.Known(packetsIn(t)) {
		k := organizer.KnownPacket{Name: packet.NameOf(path), Path: path, Used: packet.Used(path)}
		if h, err := packet.Peek(path); err == nil {
			k.Due = s.Prefs.String(prefReply+h.Packet) == replyDue
		}
		out = append(out, k)
	}
	return out
}

// AskPacket asks for the file of a packet.
func (s *Session) AskPacket() { s.app.OpenFile([]string{packet.Ending}, s.Open) }

// OpenPacket asks for the passphrase of a packet.
func (s *Session) OpenPacket(path string) { s.app.Navigate(kit.Route{Kind: packetKind, ID: path}) }

func (s *Session) enterPacket(p *packet.Packet) {
	s.packet = p
	next := packetDesk
	if s.Prefs.String(prefReply+p.ID()) == replyDue {
		next = packetDone // what is left to do
	}
	s.app.Restart(kit.Route{Kind: next})
	if n := p.Lost(); n > 0 {
		s.app.ShowError(judging.Fail(judging.Corrupt, "packet.lost_here", judging.Args{"Count": n}))
	}
}

// leavePacket closes the packet. Everything said in it is on the disk.
func (s *Session) leavePacket() {
	s.app.Restart(kit.Route{Kind: page.Start})
	s.app.ShowError(s.closePacket())
}

func (s *Session) closePacket() error {
	p := s.packet
	if s.packet = nil; p == nil {
		return nil
	}
	return p.Close()
}

// unlockPage asks for a packet's passphrase.
type unlockPage struct {
	sh     kit.Shell
	s      *Session
	path   string
	phrase *field.Text
	typed  string
}

// Title is the page's name.
func (p *unlockPage) Title() string { return p.sh.T("packet.unlock", nil) }

// Bare hides the rail.
func (p *unlockPage) Bare() bool { return true }

// Keep keeps what was typed over a change of size or language.
func (p *unlockPage) Keep() any { return p.phrase.Text() }

// Restore takes it back.
func (p *unlockPage) Restore(state any) { p.typed, _ = state.(string) }

// Content builds the one field. What is typed stays readable: it is on paper next to the keyboard.
func (p *unlockPage) Content() fyne.CanvasObject {
	p.phrase = field.NewText(p.sh, p.sh.T("packet.phrase", nil), p.sh.T("packet.phrase_help", nil), field.TextRule{
		Required: true,
		Limit:    200,
	})
	p.phrase.SetText(p.typed)
	p.phrase.Entry().OnSubmitted = func(string) { p.onOpen() }
	acts := lay.Row(
		lay.Gap8, button.NewPrimary(p.sh.T("packet.open", nil), p.onOpen),
		button.New(p.sh.T("kit.cancel", nil), p.sh.Back),
	)
	name := look.NewPara(packet.NameOf(p.path), look.Body, look.Quiet, 30)
	text := look.NewPara(p.sh.T("packet.unlock_text", nil), look.Body, look.Plain, 30)
	return container.NewCenter(lay.Surface(lay.Inset(lay.Gap16,
		lay.Stack(
			lay.Gap16, look.NewStrong(p.Title(), look.Title, look.Plain), name, text, field.NewForm(p.phrase), acts,
		))))
}

// Load puts the cursor in the field.
func (p *unlockPage) Load() { p.sh.Focus(p.phrase.Entry()) }

func (p *unlockPage) onOpen() {
	phrase := p.phrase.Text()
	if !p.phrase.Changed() {
		return
	}
	var opened *packet.Packet
	at := packet.Place{File: p.path, Dir: p.s.packetDir(), Now: p.s.files.Now}
	p.sh.Run(p.sh.T("packet.opening", nil), func(ctx context.Context, progress kit.Progress) (err error) {
		identity, err := packet.Identity(p.path)
		if err != nil {
			return err
		}
		return p.s.files.Door.OpenPacket(identity, func() (err error) {
			opened, err = packet.Open(ctx, at, phrase, progress)
			return err
		})
	}, func(err error) {
		switch {
		case judging.CodeOf(err) == judging.Forbidden:
			p.phrase.Tell(p.sh.Err(err))
			p.sh.Focus(p.phrase.Entry())
		case err != nil:
			p.sh.ShowError(err)
		default:
			if !packet.Unpacked(p.path) {
				// the reply is first offered to be saved next to the packet: that is the stick
				p.s.Prefs.SetString(prefStick+opened.ID(), filepath.Dir(p.path))
			}
			p.s.enterPacket(opened)
		}
	})
}

// replyPage is where a judge ends up when the desk is left: how far the list is, and the reply to be brought back.
type replyPage struct {
	sh     kit.Shell
	s      *Session
	packet *packet.Packet
	leave  func()
	body   *fyne.Container
	duties judging.Duties
}

// Title is the page's name.
func (p *replyPage) Title() string { return p.sh.T("packet.done", nil) }

// Bare hides the rail.
func (p *replyPage) Bare() bool { return true }

// Content is filled by Load.
func (p *replyPage) Content() fyne.CanvasObject {
	p.body = container.NewStack()
	return container.NewCenter(lay.Surface(lay.Inset(lay.Gap16, p.body)))
}

// Load counts how far the list is.
func (p *replyPage) Load() {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (judging.Duties, error) { return p.packet.Duties(ctx) },
		func(d judging.Duties) {
			p.duties = d
			p.show()
		},
	)
}

func (p *replyPage) show() {
	done := 0
	for _, w := range p.duties.Works {
		if w.State == judging.Scored || w.State == judging.Abstained || w.State == judging.Recused {
			done++
		}
	}
	line := status.NewProgress("", 0)
	line.Set("", done, len(p.duties.Works))
	key, saved := "packet.done_part", ""
	if p.duties.Submitted {
		saved = p.s.replyPath(p.packet)
	}
	switch {
	case saved != "":
		key = "packet.done_saved"
	case p.duties.Submitted:
		key = "packet.done_submitted"
	case done == len(p.duties.Works):
		key = "packet.done_all"
	}
	words := p.sh.T(key, judging.Args{"Done": done, "Total": len(p.duties.Works), "Path": saved})
	back := p.packet.Return()
	if p.duties.Submitted || back.Due != "" {
		words += "\n" + p.sh.T(back.Key(), judging.Args{"Due": back.Due, "To": back.To})
	}
	text := look.NewPara(words, look.Body, look.Plain, 30)
	save := button.New(p.sh.T("packet.save_reply", nil), p.onSave)
	again := button.NewPrimary(p.sh.T("packet.go_on", nil), p.onBack)
	if p.duties.Submitted {
		save = button.NewPrimary(p.sh.T("packet.save_reply", nil), p.onSave)
		again = button.New(p.sh.T("packet.look_again", nil), p.onBack)
	}
	acts := lay.Row(lay.Gap8, again, save, button.NewPlain(p.sh.T("packet.close", nil), p.leave))
	hello := look.NewStrong(p.sh.T("packet.hello", judging.Args{"Name": p.duties.Name}), look.Title, look.Plain)
	p.body.Objects = []fyne.CanvasObject{
		lay.Stack(lay.Gap16, hello, look.NewText(p.duties.Contest, look.Body, look.Quiet), line, text, acts),
	}
	p.body.Refresh()
}

func (p *replyPage) onBack() { p.sh.Restart(kit.Route{Kind: packetDesk}) }

// onSave saves next to the packet if its stick is there, and asks where else if not.
func (p *replyPage) onSave() {
	stick := p.s.Prefs.String(prefStick + p.packet.ID())
	if stick == "" {
		p.save("")
		return
	}
	if info, err := os.Stat(stick); err != nil || !info.IsDir() {
		p.sh.Ask(kit.Question{
			Title:  p.sh.T("packet.no_stick", nil),
			Text:   p.sh.T("packet.no_stick_text", judging.Args{"Path": stick}),
			Action: p.sh.T("packet.save_here", nil),
			Do:     func() error { p.save(""); return nil },
		})
		return
	}
	p.s.app.SaveNextIn(stick)
	p.save(stick)
}

// save asks for the name and writes the reply. What is said afterwards depends on where it really is.
func (p *replyPage) save(stick string) {
	name := p.sh.T("packet.reply_name", judging.Args{"Name": p.duties.Name}) + packet.ReplyEnding
	p.sh.SaveFile(name, func(path string) {
		kit.Fetch(
			p.sh, p.sh.T("packet.saving_reply", nil),
			func(context.Context, kit.Progress) (string, error) { return path, p.packet.WriteReply(path) },
			func(path string) {
				key, tone := "packet.reply_here", look.Waiting
				if stick != "" && inFolder(stick, path) {
					key, tone = "packet.reply_saved", look.Done
				}
				if p.duties.Submitted {
					p.s.Prefs.SetString(prefReply+p.packet.ID(), path)
				} else {
					key, tone = "packet.reply_part", look.Waiting
				}
				p.show()
				p.sh.Tell(kit.Notice{Tone: tone, Text: p.sh.T(key, judging.Args{"Path": path})})
			},
		)
	})
}

// inFolder reports whether path lies in folder or below it.
func inFolder(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// What is remembered of a packet by its number: the folder it came from, and where its reply was saved.
const (
	prefStick = "packet_stick:"
	prefReply = "packet_reply:"

	replyDue = "due" // in the place of a path: submitted and never saved
)

// replyPath returns where the reply of a submitted packet was saved, "" if it never was. That it is due is kept, so
// that it is known also when the program was closed.
func (s *Session) replyPath(p *packet.Packet) string {
	path := s.Prefs.String(prefReply + p.ID())
	if path == "" {
		s.Prefs.SetString(prefReply+p.ID(), replyDue)
	}
	if path == replyDue {
		return ""
	}
	return path
}

// askReply asks before the window closes over a reply that was never saved.
func (s *Session) askReply(close func()) bool {
	if s.packet == nil || s.Prefs.String(prefReply+s.packet.ID()) != replyDue {
		return false
	}
	s.app.Ask(kit.Question{
		Title: s.app.T("packet.close_title", nil), Text: s.app.T("packet.close_text", nil),
		Action: s.app.T("packet.close_now", nil), Danger: true, Do: func() error { close(); return nil },
	})
	return true
}

// Package room declares the commands about judges who score in a browser on devices of their own.
package room

import (
	"context"
	"os"
	"strings"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/internal/awake"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/passes"
	"fayi/judging/room"
	"fayi/judging/room/host"
)

// RoomCommands are the commands of the room.
var RoomCommands = []command.Declaration{
	roomServe, roomScreen, roomRoot, roomPasses, roomInvite, roomRelease, roomRevoke,
}

// served is what roomServe says.
type served struct {
	Address string      `json:"address"`
	Screen  string      `json:"screen,omitempty"` // address of the big screen, where there is a stage
	Issued  []invited   `json:"issued"`
	Left    []room.Here `json:"left"` // what was on devices only, when the room was closed

	Trust *trusted          `json:"trust,omitempty"` // how devices come to trust the room on HTTPS
	Names []passes.Entrance `json:"names,omitempty"` // how judges come in at Address, where they may by name
}

type trusted struct {
	Page  string `json:"page"`  // tells it, without HTTPS
	Print string `json:"print"` // fingerprint of the root, as the page shows it
}

type invited struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"`
	Link  string          `json:"link"`
}

func roomServe(cmd *command.Command) command.Handler {
	cmd.Use("room serve CONTEST", "room serve 2020.fayi --slips slips.pdf")
	addr := cmd.Str("addr", "HOST:PORT", "flag.addr")
	slips := cmd.Str("slips", "FILE.pdf", "flag.slips")
	span := cmd.Str("for", "TIME", "flag.for")
	stage := cmd.Yes("stage", "flag.room_stage")
	names := cmd.Yes("names", "flag.room_names")
	https := cmd.Yes("https", "flag.room_https")
	cert := cmd.Str("cert", "FILE.pem", "flag.room_cert")
	key := cmd.Str("key", "FILE.pem", "flag.room_key")
	cmd.Ends(judging.Busy, judging.Unavailable, judging.Closed)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		how := serving{addr: *addr, slips: *slips, stage: *stage, names: *names}
		if *span != "" {
			d, err := time.ParseDuration(*span)
			if err != nil || d <= 0 {
				return command.Result{}, cmd.Misused("cli.bad_time", judging.Args{"Value": *span})
			}
			how.span = d
		}
		if (*cert == "") != (*key == "") {
			return command.Result{}, cmd.Misused("cli.room_cert_and_key", nil)
		}
		if *https || *cert != "" {
			how.secure = &host.Secure{Cert: *cert, Key: *key}
		}
		return serve(c, o, how)
	})
}

// serving is how the room is served.
type serving struct {
	addr, slips string
	stage       bool          // run by what the person types
	span        time.Duration // for which it is open, counted from when it says where it is; 0: until interrupted
	names       bool          // judges come in by name and PIN, too
	secure      *host.Secure
}

// serve opens the room, says where, and closes it when the person interrupts the program.
func serve(c *command.Call, o *office.Office, how serving) (command.Result, error) {
	cache, _ := os.UserCacheDir() // "" without a home
	speak := func(lang string, called func(string) (string, bool)) room.Words { return c.In(lang).Calling(called) }
	h, err := host.Open(c.Ctx, o, host.Config{
		Addr: how.addr, Text: speak, Random: c.Random(), Now: c.Now, Cache: cache, Names: how.names,
		Secure: how.secure,
	})
	if err != nil {
		return command.Result{}, err
	}
	if f, shared := c.Door.Standing(o.Dir()); shared {
		f.DB.Tend(c.Now)
	}
	release, asleep := awake.Hold(c.Ctx, c.Text.T("roompage.awake_why", nil))
	if asleep != nil {
		c.Warn("cli.room_asleep", nil)
	} else {
		defer release()
	}
	out, err := invite(c, o, h, how.slips)
	if err == nil && how.names {
		out.Names, err = byName(c, o, h)
	}
	if err == nil {
		out.Screen, err = wall(c, o, h, how.stage)
	}
	ctx, end := c.Ctx, context.CancelFunc(func() {})
	if how.span > 0 {
		ctx, end = context.WithTimeout(ctx, how.span)
	}
	defer end()
	var lines <-chan string
	drive := driver{c, o.Live()}
	if err == nil && how.stage {
		c.Warn("cli.room_stage", nil)
		lines = drive.listen(ctx)
	}
	for err == nil && ctx.Err() == nil && !h.Ended() {
		select {
		case <-ctx.Done():
		case line := <-lines:
			drive.obey(ctx, line)
		case <-time.After(time.Second):
		}
	}
	left, closing := h.Close()
	out.Left = append([]room.Here{}, left...)
	if err = command.FirstError(err, closing); err != nil {
		return command.Result{}, err
	}
	return command.Answer(out, func(pr *command.Printer) {
		pr.Say("cli.room_closed", judging.Args{"Judges": len(left)})
		for _, l := range left {
			pr.Say("cli.room_left", judging.Args{"Judge": l.Judge, "Count": l.Waiting})
		}
	})
}

// byName says where all judges come in by name, and who can't.
func byName(c *command.Call, o *office.Office, h *host.Host) ([]passes.Entrance, error) {
	all, err := o.Passes().Entrances(c.Ctx)
	if err != nil {
		return nil, err
	}
	c.Warn("cli.room_names", judging.Args{"Address": h.Address})
	for _, e := range all {
		if e.Why != "" {
			c.Warn("cli.room_not_named", judging.Args{"Judge": e.Judge, "Name": e.Name,
				"Why": c.Text.T("room.unnamed_"+string(e.Why), nil)})
		}
	}
	return all, nil
}

// wall says where the big screen is, where there is a stage.
func wall(c *command.Call, o *office.Office, h *host.Host, stage bool) (string, error) {
	b, err := o.Live().Board(c.Ctx)
	if err != nil || b.Total == 0 && !stage {
		return "", err
	}
	link, err := h.Screen(c.Ctx)
	if err == nil {
		c.Warn("cli.room_screen", judging.Args{"Link": link})
	}
	return link, err
}

// invite gives passes to judges who have none yet, and says where the room is.
func invite(c *command.Call, o *office.Office, h *host.Host, slips string) (served, error) {
	out := served{Address: h.Address, Issued: []invited{}}
	issued, err := o.Passes().IssuePasses(c.Ctx, nil)
	if err != nil {
		return out, err
	}
	c.Warn("cli.room_open", judging.Args{"Address": h.Address})
	if h.Trust != nil {
		out.Trust = &trusted{h.Trust.Page, h.Trust.Print}
		c.Warn("cli.room_trust", judging.Args{"Page": h.Trust.Page, "Print": h.Trust.Print})
	}
	for _, a := range h.Others {
		c.Warn("cli.room_other", judging.Args{"IP": a.IP, "Interface": a.Name})
	}
	for _, p := range issued {
		out.Issued = append(out.Issued, invited{p.Judge, p.Name, h.Link(p.Token)})
	}
	switch {
	case len(issued) == 0:
	case slips != "":
		if err := h.WriteSlips(c.Ctx, slips, issued, c.Text.T); err != nil {
			return out, err
		}
		c.Warn("cli.room_slips", judging.Args{"Count": len(issued), "Path": slips})
	default:
		for _, i := range out.Issued {
			c.Notes().Aside().Line("%s  %s  %s", i.Judge, i.Name, i.Link)
		}
	}
	return out, nil
}

// roomScreen says where the big screen is, whether the room is open now or not.
func roomScreen(cmd *command.Command) command.Handler {
	cmd.Use("room screen CONTEST", "room screen 2020.fayi")
	addr := cmd.Str("addr", "HOST:PORT", "flag.addr")
	renew := cmd.Yes("renew", "flag.screen_renew")
	https := cmd.Yes("https", "flag.screen_https")
	cmd.Ends(judging.Unavailable)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		at, err := host.Address(*addr)
		if err != nil {
			return command.Result{}, err
		}
		if *https {
			at = "https" + strings.TrimPrefix(at, "http")
		}
		token, err := o.Passes().ScreenPass(c.Ctx, *renew)
		if err != nil {
			return command.Result{}, err
		}
		link := host.ScreenLink(at, token)
		return command.Answer(map[string]string{"screen": link}, func(pr *command.Printer) {
			pr.Say("cli.room_screen", judging.Args{"Link": link})
			pr.Say("cli.room_screen_at", judging.Args{"Address": at})
			if *renew {
				pr.Say("cli.room_screen_renewed", nil)
			}
		})
	})
}

// roomRoot writes the root that vouches for the contest's rooms on HTTPS, so that devices can be prepared before.
func roomRoot(cmd *command.Command) command.Handler {
	cmd.Use("room root CONTEST", "room root 2020.fayi --out fayi-root.crt")
	out := cmd.Must("out", "FILE.crt", "flag.root_out")
	cmd.Ends(judging.Unavailable)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		a, err := o.Passes().Authority(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		if err := host.WriteRoot(*out, a); err != nil {
			return command.Result{}, err
		}
		until := a.Until().Local().Format(time.DateOnly)
		answer := map[string]string{"path": *out, "print": a.Print(), "until": until}
		return command.Answer(answer, func(pr *command.Printer) {
			pr.Say("cli.room_root", judging.Args{"Path": *out, "Print": a.Print(), "Day": until})
		})
	})
}

func roomPasses(cmd *command.Command) command.Handler {
	cmd.Use("room passes CONTEST", "room passes 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Passes().Passes(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("judge", "name", "pass", "device")}
			for _, p := range all {
				rows = append(rows, []string{string(p.Judge), p.Name, day(p.Issued), deviceWord(pr, p)})
			}
			pr.Table(rows)
		})
	})
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

func deviceWord(pr *command.Printer, p passes.Pass) string {
	if p.Bound.IsZero() {
		return ""
	}
	return pr.Text.T("room.kind_"+p.Kind, nil)
}

func roomInvite(cmd *command.Command) command.Handler {
	cmd.Use("room invite CONTEST", "room invite 2020.fayi --judge j001")
	judges := cmd.Many("judge", "J", "flag.judge_invite")
	at := cmd.Str("at", "URL", "flag.invite_at")
	slips := cmd.Str("slips", "FILE.pdf", "flag.invite_slips")
	cmd.Ends(judging.Unavailable)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		var ids []judging.JudgeID
		for _, j := range *judges {
			ids = append(ids, judging.JudgeID(j))
		}
		if *slips != "" && *at == "" {
			return command.Result{}, cmd.Misused("cli.missing_flags", judging.Args{"Flags": "--at"})
		}
		issued, err := o.Passes().IssuePasses(c.Ctx, ids)
		if err != nil {
			return command.Result{}, err
		}
		if *at != "" {
			return inviteTo(c, o, strings.TrimSuffix(*at, "/"), *slips, issued)
		}
		return command.Answer(append([]passes.Issued{}, issued...), func(pr *command.Printer) {
			for _, p := range issued {
				pr.Say("cli.room_token", judging.Args{"Judge": p.Judge, "Name": p.Name, "Token": p.Token})
			}
			pr.Say("cli.room_invited", judging.Args{"Count": len(issued)})
		})
	})
}

// inviteTo says where judges go whose room is, or will be, at an address: that of a hall.
func inviteTo(
	c *command.Call, o *office.Office, at, slips string, issued []passes.Issued,
) (command.Result, error) {
	out := []invited{}
	for _, p := range issued {
		out = append(out, invited{p.Judge, p.Name, host.JudgeLink(at, p.Token)})
	}
	if slips != "" {
		of := host.Slips{Office: o, Address: at, Made: c.Now(), Words: c.Text.T}
		if err := of.Write(c.Ctx, slips, issued); err != nil {
			return command.Result{}, err
		}
	}
	return command.Answer(out, func(pr *command.Printer) {
		for _, i := range out {
			pr.Say("cli.room_link", judging.Args{"Judge": i.Judge, "Name": i.Name, "Link": i.Link})
		}
		switch {
		case slips != "" && len(out) == 0:
			pr.Say("cli.no_slips", judging.Args{"Path": slips})
		case slips != "":
			pr.Say("cli.room_slips", judging.Args{"Count": len(out), "Path": slips})
		}
		pr.Say("cli.room_invited", judging.Args{"Count": len(out)})
	})
}

func roomRelease(cmd *command.Command) command.Handler {
	cmd.Use("room release CONTEST", "room release 2020.fayi --judge j001")
	judge := cmd.Must("judge", "J", "flag.judge")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		err := o.Passes().ReleaseDevice(c.Ctx, judging.JudgeID(*judge))
		return c.Answered(err, "cli.room_released", judging.Args{"Judge": *judge})
	})
}

func roomRevoke(cmd *command.Command) command.Handler {
	cmd.Use("room revoke CONTEST", "room revoke 2020.fayi --judge j001")
	judge := cmd.Must("judge", "J", "flag.judge")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		err := o.Passes().RevokePass(c.Ctx, judging.JudgeID(*judge))
		return c.Answered(err, "cli.room_revoked", judging.Args{"Judge": *judge})
	})
}

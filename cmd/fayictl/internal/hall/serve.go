package hall

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/hall"
	"fayi/judging/room"
	"fayi/judging/room/host"
)

// Commands are the commands of the hall.
var Commands = []command.Declaration{hallServe, hallList, hallOpen, hallClose}

// Where a hall listens unless a flag says otherwise. What is inside is for the host alone.
const (
	outside = ":8443"
	inside  = "127.0.0.1:8791"
)

// served is what hallServe says when it has ended.
type served struct {
	Address  string `json:"address"`
	Contests int    `json:"contests"`
	Token    string `json:"token_file"`
}

// serving is how a hall is served.
type serving struct {
	hall.Config

	addr, inside string
	proxies      []string
	idle, span   string
	ask          bool
	memory       int // megabytes
}

func hallServe(cmd *command.Command) command.Handler {
	cmd.Use("hall serve DIR",
		"hall serve /srv/fayi --address https://fayi.example.cn --cert fullchain.pem --key privkey.pem")
	how := &serving{addr: outside, inside: inside, memory: 3072}
	cmd.MustVar(&how.Address, "address", "URL", "flag.hall_address")
	cmd.StrVar(&how.addr, "addr", "HOST:PORT", "flag.hall_addr")
	cmd.StrVar(&how.Cert, "cert", "FILE.pem", "flag.hall_cert")
	cmd.StrVar(&how.Key, "key", "FILE.pem", "flag.room_key")
	proxies := cmd.Many("proxy", "ADDRESS", "flag.hall_proxy")
	cmd.StrVar(&how.Passwords, "passwords", "DIR", "flag.hall_passwords")
	cmd.YesVar(&how.ask, "ask", "flag.hall_ask")
	cmd.StrVar(&how.inside, "inside", "HOST:PORT", "flag.hall_inside")
	cmd.NumVar(&how.Most, "most", "N", "flag.hall_most")
	cmd.StrVar(&how.idle, "idle", "TIME", "flag.hall_idle")
	cmd.NumVar(&how.Limits.Devices, "devices", "N", "flag.hall_devices")
	cmd.NumVar(&how.Limits.Saves, "saves", "N", "flag.hall_saves")
	cmd.NumVar(&how.Limits.Media, "media", "N", "flag.hall_media")
	cmd.NumVar(&how.memory, "memory", "MB", "flag.hall_memory")
	cmd.StrVar(&how.span, "for", "TIME", "flag.for")
	cmd.Limit(command.AllOrNone, "cert", "key")
	cmd.Limit(command.ExactlyOne, "cert", "proxy")
	cmd.Ends(judging.Busy, judging.Unavailable, judging.Forbidden, judging.Corrupt)
	return func(c *command.Call, args []string) (command.Result, error) {
		how.Folder, how.proxies = args[0], *proxies
		span, err := how.read(cmd)
		if err != nil {
			return command.Result{}, err
		}
		return how.serve(c, span)
	}
}

// read reads what was typed as text.
func (s *serving) read(cmd *command.Command) (span time.Duration, err error) {
	for _, of := range []struct {
		text string
		into *time.Duration
	}{{s.idle, &s.Idle}, {s.span, &span}} {
		if of.text == "" {
			continue
		}
		if *of.into, err = time.ParseDuration(of.text); err != nil || *of.into <= 0 {
			return 0, cmd.Misused("cli.bad_time", judging.Args{"Value": of.text})
		}
	}
	for _, said := range s.proxies {
		p, err := netip.ParsePrefix(said)
		if a, bad := netip.ParseAddr(said); bad == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return 0, cmd.Misused("cli.hall_bad_proxy", judging.Args{"Value": said})
		}
		s.Proxies = append(s.Proxies, p.Masked())
	}
	return span, nil
}

// serve opens the hall, says where, and closes it when the program is asked to end.
func (s *serving) serve(c *command.Call, span time.Duration) (command.Result, error) {
	if os.Getenv("GOMEMLIMIT") == "" && s.memory > 0 {
		debug.SetMemoryLimit(int64(s.memory) << 20)
	}
	s.Door, s.Random, s.Now = c.Door, c.Random(), c.Now
	s.Text = func(lang string, called func(string) (string, bool)) room.Words { return c.In(lang).Calling(called) }
	s.Log = slog.New(slog.NewJSONHandler(c.LogTo(), nil))
	if cache, err := os.UserCacheDir(); err == nil {
		s.Cache = filepath.Join(cache, "fayi", "pdf")
	}
	h, err := hall.New(s.Config)
	if err != nil {
		return command.Result{}, err
	}
	out := served{Address: h.Address, Token: h.TokenFile()}
	err = s.passwords(c, h)
	if err == nil {
		err = s.run(c, h, span, &out)
	}
	if err = command.FirstError(err, h.Close(context.WithoutCancel(c.Ctx))); err != nil {
		return command.Result{}, err
	}
	return command.Answer(out, func(pr *command.Printer) {
		pr.Say("cli.hall_closed", judging.Args{"Contests": out.Contests})
	})
}

// passwords asks for those of contests that have no file, where the person wants to be asked, and warns of the others.
func (s *serving) passwords(c *command.Call, h *hall.Hall) error {
	locked := h.Sealed()
	if !s.ask {
		if len(locked) > 0 {
			c.Warn("cli.hall_locked", judging.Args{"Count": len(locked)})
		}
		return nil
	}
	typed := hall.Typed{}
	for _, name := range locked {
		var err error
		if typed[name], err = c.PasswordOf(name); err != nil {
			return err
		}
	}
	h.Typed = typed
	return nil
}

// run serves until the program is asked to end.
func (s *serving) run(c *command.Call, h *hall.Hall, span time.Duration, out *served) error {
	ctx, end := context.WithCancel(c.Ctx)
	if span > 0 {
		ctx, end = context.WithTimeout(c.Ctx, span)
	}
	defer end()
	l, err := listen(ctx, s.addr, outside)
	if err != nil {
		return err
	}
	within, err := listen(ctx, s.inside, inside)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	go h.ServeInside(ctx, within)
	c.Warn("cli.hall_open", judging.Args{"Address": h.Address, "Listen": l.Addr().String(),
		"Inside": within.Addr().String()})
	c.Warn("cli.hall_token", judging.Args{"Path": h.TokenFile()})
	looking := make(chan struct{})
	go func() {
		defer close(looking)
		h.Run(ctx)
	}()
	err = h.Serve(ctx, l)
	end()
	<-looking
	out.Contests = h.Count()
	return err
}

// listen listens at an address; what is missing of it is taken from usual. Errors: Busy, Unavailable.
func listen(ctx context.Context, addr, usual string) (net.Listener, error) {
	ip, port, err := net.SplitHostPort(addr)
	if err != nil {
		ip = addr
		_, port, _ = net.SplitHostPort(usual) // it is one
	}
	return host.Listen(ctx, ip, port)
}

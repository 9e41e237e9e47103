package sending

import (
	"context"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/internal/awake"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sending"
	"fayi/judging/sending/host"
)

// served is what collectServe says when it has ended.
type served struct {
	Address    string `json:"address"`
	Deliveries int    `json:"deliveries"` // that the contest has now
	Waiting    int    `json:"waiting"`
}

func collectServe(cmd *command.Command) command.Handler {
	cmd.Use("collect serve CONTEST", "collect serve 2020.fayi --addr 192.168.1.5:8792")
	addr := cmd.Str("addr", "HOST:PORT", "flag.addr")
	cert := cmd.Str("cert", "FILE.pem", "flag.send_cert")
	key := cmd.Str("key", "FILE.pem", "flag.room_key")
	span := cmd.Str("for", "TIME", "flag.for")
	cmd.Limit(command.AllOrNone, "cert", "key")
	cmd.Ends(judging.Busy, judging.Unavailable)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		ctx, end := c.Ctx, context.CancelFunc(func() {})
		if *span != "" {
			d, err := time.ParseDuration(*span)
			if err != nil || d <= 0 {
				return command.Result{}, cmd.Misused("cli.bad_time", judging.Args{"Value": *span})
			}
			ctx, end = context.WithTimeout(ctx, d)
		}
		defer end()
		h, err := host.Open(c.Ctx, o, host.Config{
			Addr: *addr, Cert: *cert, Key: *key, Random: c.Random(), Now: c.Now,
			Text: func(lang string) sending.Words { return c.In(lang) },
		})
		if err != nil {
			return command.Result{}, err
		}
		release, asleep := awake.Hold(c.Ctx, c.Text.T("roompage.awake_why", nil))
		if asleep != nil {
			c.Warn("cli.room_asleep", nil)
		} else {
			defer release()
		}
		c.Warn("cli.send_serving", judging.Args{"Address": h.Address})
		before, err := o.Sending().Standing(c.Ctx)
		if err == nil && !before.IsOpen {
			c.Warn("cli.send_not_open", nil)
		}
		for err == nil && ctx.Err() == nil && !h.Ended() {
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
		if err = command.FirstError(err, h.Close()); err != nil {
			return command.Result{}, err
		}
		return ended(c, o, h.Address)
	})
}

// ended says what has come.
func ended(c *command.Call, o *office.Office, address string) (command.Result, error) {
	s, err := o.Sending().Standing(context.WithoutCancel(c.Ctx))
	if err != nil {
		return command.Result{}, err
	}
	out := served{Address: address, Deliveries: len(s.Deliveries), Waiting: s.Count("waiting")}
	return command.Answer(out, func(pr *command.Printer) {
		pr.Say("cli.send_sent", judging.Args{"All": len(s.Deliveries), "Waiting": out.Waiting,
			"Taken": s.Count("taken"), "Refused": s.Count("refused")})
	})
}

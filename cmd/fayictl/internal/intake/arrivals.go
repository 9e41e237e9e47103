package intake

import (
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/arrival"
	"fayi/judging/office"
	"fayi/judging/office/collect"
)

// collectWatch says what lies in a folder into which people save what comes, once or until its time is over.
func collectWatch(cmd *command.Command) command.Handler {
	cmd.Use("collect watch CONTEST DIR", "collect watch 2020.fayi 微信收件 --for 8h")
	span := cmd.Str("for", "TIME", "flag.call_watch_for")
	return func(c *command.Call, args []string) (command.Result, error) {
		var until time.Duration
		if *span != "" {
			var err error
			if until, err = time.ParseDuration(*span); err != nil || until <= 0 {
				return command.Result{}, cmd.Misused("cli.bad_time", judging.Args{"Value": *span})
			}
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			return watchFolder(c, o, args[1], until)
		})
	}
}

// watchFolder looks until everything that does not grow any more is known, and on until the time is over.
func watchFolder(c *command.Call, o *office.Office, dir string, until time.Duration) (command.Result, error) {
	w := arrival.NewWatch(dir, time.Now)
	began, told := time.Now(), map[string]bool{}
	var list []collect.Arrival
	for first := true; ; first = false {
		found, more, err := w.Look(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		if list, err = o.Collect().Arrivals(c.Ctx, found); err != nil {
			return command.Result{}, err
		}
		for _, a := range list {
			if a.State == collect.Waiting && until > 0 && !told[a.Sum] {
				told[a.Sum] = true
				c.Notes().Say("cli.call_arrived", judging.Args{"Name": a.Name, "Files": a.Files})
			}
		}
		if !first && time.Since(began) >= until {
			return command.Answer(list, func(pr *command.Printer) { printArrivals(pr, list, more) })
		}
		select {
		case <-c.Ctx.Done():
			return command.Result{}, c.Ctx.Err()
		case <-time.After(arrival.Quiet):
		}
	}
}

func printArrivals(pr *command.Printer, list []collect.Arrival, more int) {
	rows := [][]string{pr.Titles("call.arrival_", "name", "files", "changed", "state")}
	for _, a := range list {
		rows = append(rows, []string{
			a.Name, fmt.Sprint(a.Files), a.Changed.Local().Format("2006-01-02 15:04"), a.StateText(pr.Text.T),
		})
	}
	pr.Table(rows)
	if more > 0 {
		pr.Say("call.arrivals_more", judging.Args{"N": more})
	}
}

// collectAside says that something in a watched folder is no parcel.
func collectAside(cmd *command.Command) command.Handler {
	cmd.Use("collect aside CONTEST SOURCE", "collect aside 2020.fayi 微信收件/合影.jpg")
	back := cmd.Yes("back", "flag.call_back")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		a, err := o.Collect().LayAside(c.Ctx, args[1], *back)
		key := "cli.call_aside"
		if *back {
			key = "cli.call_back"
		}
		return command.NewResult(a, func(pr *command.Printer) {
			pr.Say(key, judging.Args{"Name": a.Name})
		}).Unless(err)
	})
}

// collectMail saves attachments of letters of the contest into a folder, without changing the mailbox.
func collectMail(cmd *command.Command) command.Handler {
	cmd.Use("collect mail CONTEST", "collect mail 2020.fayi --host imap.example.cn --user pufa@example.cn --out 邮箱收件")
	var req collect.MailRequest
	cmd.MustVar(&req.Account.Host, "host", "HOST", "flag.mail_host")
	cmd.MustVar(&req.Account.User, "user", "ADDRESS", "flag.mail_user")
	cmd.MustVar(&req.Dir, "out", "DIR", "flag.mail_out")
	port := cmd.Str("port", "N", "flag.mail_port")
	cmd.StrVar(&req.Account.Folder, "folder", "NAME", "flag.mail_folder")
	cmd.YesVar(&req.Account.StartTLS, "starttls", "flag.mail_starttls")
	ca := cmd.Str("ca", "FILE.pem", "flag.mail_ca")
	since := cmd.Str("since", "DATE", "flag.mail_since")
	cmd.YesVar(&req.Again, "again", "flag.mail_again")
	cmd.Ends(judging.Unavailable, judging.Forbidden)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		var err error
		if *since != "" {
			if req.Since, err = time.ParseInLocation(time.DateOnly, *since, time.Local); err != nil {
				return command.Result{}, cmd.Misused("call.bad_day", judging.Args{"Day": *since})
			}
		}
		if *port != "" {
			if _, err := fmt.Sscan(*port, &req.Account.Port); err != nil || req.Account.Port < 1 {
				return command.Result{}, cmd.Misused("cli.mail_bad_port", judging.Args{"Value": *port})
			}
		}
		if *ca != "" {
			if req.Account.Roots, err = rootsOf(*ca); err != nil {
				return command.Result{}, err
			}
		}
		if req.Password, err = c.Secret(command.MailVariable, "mail.prompt"); err != nil {
			return command.Result{}, err
		}
		bar := c.Bar("cli.mailing")
		r, err := o.Collect().FetchMail(c.Ctx, req, bar.Step)
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) { printLetters(pr, r) })
	})
}

// rootsOf reads certificates that are trusted besides those of the system.
func rootsOf(path string) (*x509.CertPool, error) {
	data, err := regular.ReadFile(path, 1<<20)
	if err == nil {
		roots, err := x509.SystemCertPool()
		if err != nil {
			roots = x509.NewCertPool()
		}
		if roots.AppendCertsFromPEM(data) {
			return roots, nil
		}
	}
	return nil, judging.Fail(judging.Invalid, "mail.bad_ca", judging.Args{"File": path}).Because(err)
}

func printLetters(pr *command.Printer, r collect.MailReport) {
	rows := [][]string{pr.Titles("mail.col_", "received", "from", "subject", "state", "folder")}
	for _, l := range r.Letters {
		rows = append(rows, []string{
			l.Received.Local().Format("2006-01-02 15:04"), l.From, l.Subject,
			strings.Join(l.StateText(pr.Text.T), pr.Text.T("call.semicolon", nil)), l.Folder,
		})
	}
	if len(r.Letters) > 0 {
		pr.Table(rows)
	}
	pr.Say("mail.done", r.Args())
	if r.More > 0 {
		pr.Say("mail.more", judging.Args{"N": r.More})
	}
}

// collectMailboxes shows which mailboxes were looked at.
func collectMailboxes(cmd *command.Command) command.Handler {
	cmd.Use("collect mailboxes CONTEST", "collect mailboxes 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		list, err := o.Collect().Mailboxes(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		if list == nil {
			list = []collect.Mailbox{}
		}
		return command.Answer(list, func(pr *command.Printer) {
			rows := [][]string{pr.Titles("mail.col_", "host", "user", "at", "out")}
			for _, m := range list {
				rows = append(rows, []string{m.Host, m.User, m.At.Local().Format("2006-01-02 15:04"), m.Dir})
			}
			pr.Table(rows)
		})
	})
}

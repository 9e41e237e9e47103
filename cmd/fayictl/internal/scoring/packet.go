package scoring

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
)

// PacketCommands are the commands of the noun packet, in the order of their work.
var PacketCommands = []command.Declaration{packetSeal, packetList, packetSlip, packetCollect, packetResolve}

func packetSeal(cmd *command.Command) command.Handler {
	cmd.Use("packet seal CONTEST", "packet seal 2020.fayi --judge j001 --out j001.fayipacket")
	judge := cmd.Str("judge", "J", "flag.judge_only")
	out := cmd.Must("out", "FILE|DIR", "flag.out_packet")
	cmd.Set()
	opt := packets.SealOptions{Passphrase: os.Getenv(command.PhraseVariable)}
	cmd.YesVar(&opt.Originals, "originals", "flag.originals")
	due, to := cmd.Str("due", "TIME", "flag.packet_due"), cmd.Str("to", "NAME", "flag.packet_to")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		sealed := []packets.Sealed{}
		var err error
		opt.Due, opt.To, opt.Words = *due, *to, c.Text.T
		if *judge == "" {
			if sealed, err = o.Packets().SealPackets(c.Ctx, *out, opt, c.Text.T, nil); err != nil {
				return command.Result{}, err
			}
		} else {
			p, err := o.Packets().SealPacket(c.Ctx, judging.JudgeID(*judge), *out, opt, nil)
			if err != nil {
				return command.Result{}, err
			}
			sealed = append(sealed, p)
		}
		return command.Answer(sealed, func(pr *command.Printer) {
			for _, p := range sealed {
				pr.Say("packet.sealed", judging.Args{"File": p.File, "Judge": p.Judge, "Works": p.Works,
					"Files": p.Files, "Phrase": p.Passphrase})
				if p.Shut > 0 {
					pr.Say("packet.shut", judging.Args{"N": p.Shut})
				}
			}
		})
	})
}

func packetList(cmd *command.Command) command.Handler {
	cmd.Use("packet list CONTEST", "packet list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Packets().ListPackets(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		clashes, err := o.Scoring().Clashes(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		doc := map[string]any{"packets": command.OrEmpty(all), "clashes": clashes}
		return command.Answer(doc, func(pr *command.Printer) {
			rows := [][]string{pr.Head("judge", "name", "file", "at", "works", "collected")}
			for _, p := range all {
				collected := ""
				if !p.Collected.IsZero() {
					collected = p.Collected.Local().Format("2006-01-02 15:04:05")
				}
				rows = append(rows, []string{string(p.Judge), p.Name, p.File,
					p.Made.Local().Format("2006-01-02 15:04:05"), fmt.Sprint(p.Works), collected})
			}
			pr.Table(rows)
			printClashes(pr, clashes)
		})
	})
}

func printClashes(pr *command.Printer, all []scoring.PacketClash) {
	for _, x := range all {
		pr.Say("packet.clash", judging.Args{"Judge": x.Judge, "Work": x.Code,
			"Contest": judging.Exact(x.Contest.Total).String(), "Packet": judging.Exact(x.Packet.Total).String()})
	}
}

func packetCollect(cmd *command.Command) command.Handler {
	cmd.Use("packet collect CONTEST FILE...", "packet collect 2020.fayi j001.fayireply")
	take := cmd.Str("take", "packet|contest", "flag.take")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		reports := []packets.ReplyReport{}
		var failed error
		for _, path := range args[1:] {
			r, err := o.Packets().CollectReply(c.Ctx, path, scoring.Take(*take))
			if err != nil {
				c.Warn("cli.not_collected", judging.Args{"Path": filepath.Base(path), "Detail": c.Text.Err(err)})
				failed = command.Shown(err)
				continue
			}
			reports = append(reports, r)
		}
		return command.NewResult(reports, func(pr *command.Printer) { printReplies(pr, reports) }), failed
	})
}

func printReplies(pr *command.Printer, reports []packets.ReplyReport) {
	for _, r := range reports {
		pr.Say("packet.collected", judging.Args{"File": r.File, "Judge": r.Judge, "Read": r.Read,
			"Changed": len(r.Changed), "Clashes": len(r.Clashes), "Refused": len(r.Refused)})
		for _, f := range r.Refused {
			pr.Line("    %s  %s", f.Code, pr.Text.T(f.Text, f.Args))
		}
		printClashes(pr, r.Clashes)
		if len(r.Unseen) > 0 {
			pr.Say("packet.unseen", judging.Args{"Count": len(r.Unseen), "Works": listed(pr, r.Unseen)})
		}
		if r.Lost > 0 {
			pr.Say("packet.lost", judging.Args{"Count": r.Lost})
		}
		if r.Submitted {
			pr.Say("cli.submitted", judging.Args{"Judge": r.Judge})
		}
	}
}

// listed are the numbers of works in a row.
func listed(pr *command.Printer, works []judging.WorkCode) string {
	var out []string
	for _, w := range works {
		out = append(out, string(w))
	}
	return strings.Join(out, pr.Text.T("kit.comma", nil))
}

func packetResolve(cmd *command.Command) command.Handler {
	cmd.Use("packet resolve CONTEST", "packet resolve 2020.fayi --judge j001 --work w000012 --take packet")
	judge := cmd.Must("judge", "J", "flag.judge")
	work := cmd.Must("work", "W", "flag.work")
	take := cmd.Must("take", "packet|contest", "flag.take")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Scoring().ResolveClash(c.Ctx, judging.JudgeID(*judge), *work, scoring.Take(*take)); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
			pr.Say("packet.resolved", judging.Args{"Judge": *judge, "Work": *work})
		})
	})
}

func packetSlip(cmd *command.Command) command.Handler {
	cmd.Use("packet slip CONTEST", "packet slip 2020.fayi --out slips.pdf")
	judge := cmd.Str("judge", "J", "flag.judge_only")
	out := cmd.Must("out", "FILE.pdf", "flag.out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		n, err := o.Packets().WritePacketSlips(
			c.Ctx, *out, judging.JudgeID(*judge), os.Getenv(command.PhraseVariable), c.Text.T,
		)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"slips": n, "file": *out}, func(pr *command.Printer) {
			pr.Say("packet.slips_written", judging.Args{"Count": n, "Path": *out})
		})
	})
}

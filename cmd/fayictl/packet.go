package main

import (
	"fmt"
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

// packetCommands are the commands of the noun packet, in the order of their work.
var packetCommands = []declaration{packetSeal, packetList, packetSlip, packetCollect, packetResolve}

func packetSeal(cmd *command) handler {
	cmd.use("packet seal CONTEST", "packet seal 2020.fayi --judge j001 --out j001.fayipacket")
	judge := cmd.str("judge", "J", "flag.judge_only")
	out := cmd.must("out", "FILE|DIR", "flag.out_packet")
	opt := scoring.SealOptions{Passphrase: os.Getenv(phraseVariable)}
	cmd.yesVar(&opt.Originals, "originals", "flag.originals")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		sealed := []scoring.SealedPacket{}
		var err error
		if *judge == "" {
			if sealed, err = o.Packets().SealPackets(c.ctx, *out, opt, c.text.T, nil); err != nil {
				return result{}, err
			}
		} else {
			p, err := o.Packets().SealPacket(c.ctx, judging.JudgeID(*judge), *out, opt, nil)
			if err != nil {
				return result{}, err
			}
			sealed = append(sealed, p)
		}
		return answer(sealed, func(pr *printer) {
			for _, p := range sealed {
				pr.say("packet.sealed", judging.Args{"File": p.File, "Judge": p.Judge, "Works": p.Works,
					"Files": p.Files, "Phrase": p.Passphrase})
			}
		})
	})
}

func packetList(cmd *command) handler {
	cmd.use("packet list CONTEST", "packet list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Packets().ListPackets(c.ctx)
		if err != nil {
			return result{}, err
		}
		clashes, err := o.Packets().Clashes(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"packets": orEmpty(all), "clashes": clashes}, func(pr *printer) {
			rows := [][]string{pr.head("judge", "name", "file", "at", "works", "collected")}
			for _, p := range all {
				collected := ""
				if !p.Collected.IsZero() {
					collected = p.Collected.Local().Format("2006-01-02 15:04:05")
				}
				rows = append(rows, []string{string(p.Judge), p.Name, p.File,
					p.Made.Local().Format("2006-01-02 15:04:05"), fmt.Sprint(p.Works), collected})
			}
			pr.table(rows)
			printClashes(pr, clashes)
		})
	})
}

func printClashes(pr *printer, all []scoring.PacketClash) {
	for _, x := range all {
		pr.say("packet.clash", judging.Args{"Judge": x.Judge, "Work": x.Code,
			"Contest": judging.Exact(x.Contest.Total).String(), "Packet": judging.Exact(x.Packet.Total).String()})
	}
}

func packetCollect(cmd *command) handler {
	cmd.use("packet collect CONTEST FILE...", "packet collect 2020.fayi j001.fayireply")
	take := cmd.str("take", "packet|contest", "flag.take")
	return onContest(func(c *call, o *office.Office, args []string) (result, error) {
		reports := []scoring.ReplyReport{}
		var failed error
		for _, path := range args[1:] {
			r, err := o.Packets().CollectReply(c.ctx, path, scoring.Take(*take))
			if err != nil {
				c.warn("cli.not_collected", judging.Args{"Path": filepath.Base(path), "Detail": c.text.Err(err)})
				failed = shown(err)
				continue
			}
			reports = append(reports, r)
		}
		return newResult(reports, func(pr *printer) { printReplies(pr, reports) }), failed
	})
}

func printReplies(pr *printer, reports []scoring.ReplyReport) {
	for _, r := range reports {
		pr.say("packet.collected", judging.Args{"File": r.File, "Judge": r.Judge, "Read": r.Read,
			"Changed": len(r.Changed), "Clashes": len(r.Clashes), "Refused": len(r.Refused)})
		for _, f := range r.Refused {
			fmt.Fprintf(pr.out, "    %s  %s\n", f.Code, pr.text.T(f.Text, f.Args))
		}
		printClashes(pr, r.Clashes)
		if r.Lost > 0 {
			pr.say("packet.lost", judging.Args{"Count": r.Lost})
		}
		if r.Submitted {
			pr.say("cli.submitted", judging.Args{"Judge": r.Judge})
		}
	}
}

func packetResolve(cmd *command) handler {
	cmd.use("packet resolve CONTEST", "packet resolve 2020.fayi --judge j001 --work w000012 --take packet")
	judge := cmd.must("judge", "J", "flag.judge")
	work := cmd.must("work", "W", "flag.work")
	take := cmd.must("take", "packet|contest", "flag.take")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Packets().ResolveClash(c.ctx, judging.JudgeID(*judge), *work, scoring.Take(*take)); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"ok": true}, func(pr *printer) {
			pr.say("packet.resolved", judging.Args{"Judge": *judge, "Work": *work})
		})
	})
}

func packetSlip(cmd *command) handler {
	cmd.use("packet slip CONTEST", "packet slip 2020.fayi --out slips.pdf")
	judge := cmd.str("judge", "J", "flag.judge_only")
	out := cmd.must("out", "FILE.pdf", "flag.out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		n, err := o.Packets().WritePacketSlips(
			c.ctx, *out, judging.JudgeID(*judge), os.Getenv(phraseVariable), c.text.T,
		)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"slips": n, "file": *out}, func(pr *printer) {
			pr.say("packet.slips_written", judging.Args{"Count": n, "Path": *out})
		})
	})
}

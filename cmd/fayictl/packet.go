package main

import (
	"fmt"
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

// phraseVariable carries the passphrase of a packet; without it one is drawn and printed.
const phraseVariable = "FAYI_PASSPHRASE"

func packetSeal(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	out := fs.String("out", "", "")
	opt := scoring.SealOptions{Passphrase: os.Getenv(phraseVariable)}
	fs.BoolVar(&opt.Originals, "originals", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		var sealed []scoring.SealedPacket
		if *judge == "" {
			if sealed, err = o.Scoring().SealPackets(c.ctx, *out, opt, c.text.T, nil); err != nil {
				return err
			}
		} else {
			p, err := o.Scoring().SealPacket(c.ctx, judging.JudgeID(*judge), *out, opt, nil)
			if err != nil {
				return err
			}
			sealed = append(sealed, p)
		}
		return c.answer(sealed, func() {
			for _, p := range sealed {
				c.say("packet.sealed", judging.Args{"File": p.File, "Judge": p.Judge, "Works": p.Works, "Files": p.Files, "Phrase": p.Passphrase})
			}
		})
	})
}

func packetList(c *call) error {
	args, err := c.parse(c.flags(), 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		all, err := o.Scoring().Packets(c.ctx)
		if err != nil {
			return err
		}
		clashes, err := o.Scoring().Clashes(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"packets": orEmpty(all), "clashes": clashes}, func() {
			rows := [][]string{c.head("judge", "name", "file", "at", "works", "collected")}
			for _, p := range all {
				collected := ""
				if !p.Collected.IsZero() {
					collected = p.Collected.Local().Format("2006-01-02 15:04:05")
				}
				rows = append(rows, []string{string(p.Judge), p.Name, p.File, p.Made.Local().Format("2006-01-02 15:04:05"), fmt.Sprint(p.Works), collected})
			}
			c.table(rows)
			c.printClashes(clashes)
		})
	})
}

func (c *call) printClashes(all []scoring.PacketClash) {
	for _, x := range all {
		c.say("packet.clash", judging.Args{"Judge": x.Judge, "Work": x.Code,
			"Contest": judging.Exact(x.Contest.Total).String(), "Packet": judging.Exact(x.Packet.Total).String()})
	}
}

func packetCollect(c *call) error {
	fs := c.flags()
	take := fs.String("take", "", "")
	args, err := c.parse(fs, 2, -1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		reports := []scoring.ReplyReport{}
		var failed error
		for _, path := range args[1:] {
			r, err := o.Scoring().CollectReply(c.ctx, path, scoring.Take(*take))
			if err != nil {
				c.warn("cli.not_collected", judging.Args{"Path": filepath.Base(path), "Detail": c.text.Err(err)})
				failed = err
				continue
			}
			reports = append(reports, r)
		}
		if err := c.answer(reports, func() { c.printReplies(reports) }); err != nil {
			return err
		}
		return failed
	})
}

func (c *call) printReplies(reports []scoring.ReplyReport) {
	for _, r := range reports {
		c.say("packet.collected", judging.Args{"File": r.File, "Judge": r.Judge, "Read": r.Read, "Changed": len(r.Changed), "Clashes": len(r.Clashes), "Refused": len(r.Refused)})
		for _, f := range r.Refused {
			fmt.Fprintf(c.out, "    %s  %s\n", f.Code, c.text.T(f.Text, f.Args))
		}
		c.printClashes(r.Clashes)
		if r.Lost > 0 {
			c.say("packet.lost", judging.Args{"Count": r.Lost})
		}
		if r.Submitted {
			c.say("cli.submitted", judging.Args{"Judge": r.Judge})
		}
	}
}

func packetResolve(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	work := fs.String("work", "", "")
	take := fs.String("take", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Scoring().ResolveClash(c.ctx, judging.JudgeID(*judge), *work, scoring.Take(*take)); err != nil {
			return err
		}
		return c.answer(map[string]any{"ok": true}, func() { c.say("packet.resolved", judging.Args{"Judge": *judge, "Work": *work}) })
	})
}

func packetSlip(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		n, err := o.Scoring().WritePacketSlips(c.ctx, *out, judging.JudgeID(*judge), os.Getenv(phraseVariable), c.text.T)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"slips": n, "file": *out}, func() { c.say("packet.slips_written", judging.Args{"Count": n, "Path": *out}) })
	})
}

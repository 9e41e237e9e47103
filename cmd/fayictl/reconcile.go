package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

func worksReconcile(c *call) error {
	fs := c.flags()
	file := fs.String("file", "", "")
	out := fs.String("out", "", "")
	small := fs.Bool("small", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || (*file == "") != (*out == "") {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		if *small && *file != "" {
			data, err := o.Intake().WaitingThumbnail(c.ctx, *file, intake.ThumbSizes[0])
			if err != nil {
				return err
			}
			return c.saveStream(io.NopCloser(bytes.NewReader(data)), *out)
		}
		if *file != "" {
			in, err := o.Intake().OpenWaitingFile(c.ctx, *file)
			if err != nil {
				return err
			}
			return c.saveStream(in, *out)
		}
		r, err := o.Intake().Reconcile(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(r, func() { c.printReconciliation(r) })
	})
}

// saveStream writes all of in to path and closes in.
func (c *call) saveStream(in io.ReadCloser, path string) error {
	defer in.Close()
	f, err := os.Create(path)
	if err != nil {
		return unwritable(path, err)
	}
	_, err = io.Copy(f, in)
	if err := firstError(err, f.Close()); err != nil {
		return unwritable(path, err)
	}
	c.say("cli.written", judging.Args{"Path": path})
	return nil
}

func (c *call) printReconciliation(r intake.Reconciliation) {
	c.say("reconcile.summary", judging.Args{"Matched": len(r.Matched), "Doubtful": len(r.Doubtful), "Missing": len(r.Missing), "Loose": len(r.Loose)})
	for _, f := range r.Doubtful {
		fmt.Fprintf(c.out, "? %s  %s  %s\n", f.ID, f.Path, c.text.T(f.Reason, nil))
		for _, offer := range f.Offers {
			fmt.Fprintf(c.out, "    %3.0f%%  %s  %s  %s  %s\n", 100*offer.Score, offer.Work, offer.Title, strings.Join(offer.Authors, "、"), offer.Unit)
		}
	}
	for _, w := range r.Missing {
		fmt.Fprintf(c.out, "- %s  %s  %s  %s\n", w.Work, w.Title, strings.Join(w.Authors, "、"), w.Unit)
	}
	for _, f := range r.Loose {
		fmt.Fprintf(c.out, "+ %s  %s  %s\n", f.ID, f.Path, c.text.T(f.Reason, nil))
	}
}

func worksAttach(c *call) error {
	fs := c.flags()
	aside := fs.Bool("aside", false, "")
	file := fs.String("file", "", "")
	return c.onWork(fs, func(o *office.Office, w judging.Work) error {
		return o.Intake().AttachFile(c.ctx, *file, w.ID, *aside)
	})
}

func worksDetach(c *call) error {
	fs := c.flags()
	n := fs.Int("file", 0, "")
	return c.onWork(fs, func(o *office.Office, w judging.Work) error { return o.Intake().DetachFile(c.ctx, w.ID, *n-1) })
}

func worksOrder(c *call) error {
	fs := c.flags()
	list := fs.String("files", "", "")
	return c.onWork(fs, func(o *office.Office, w judging.Work) error {
		var order []int
		for _, s := range strings.FieldsFunc(*list, func(r rune) bool { return r == ',' || r == '，' || r == ' ' }) {
			n, err := strconv.Atoi(s)
			if err != nil {
				return c.misused("")
			}
			order = append(order, n-1)
		}
		return o.Intake().OrderFiles(c.ctx, w.ID, order)
	})
}

func worksAside(c *call) error {
	fs := c.flags()
	n := fs.Int("file", 0, "")
	clear := fs.Bool("clear", false, "")
	return c.onWork(fs, func(o *office.Office, w judging.Work) error {
		return o.Intake().SetFileAside(c.ctx, w.ID, *n-1, !*clear)
	})
}

func worksDismiss(c *call) error {
	fs := c.flags()
	file := fs.String("file", "", "")
	clear := fs.Bool("clear", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Intake().DismissFile(c.ctx, *file, !*clear); err != nil {
			return err
		}
		return c.answer(map[string]any{"file": *file, "dismissed": !*clear}, func() { c.say("reconcile.settled", nil) })
	})
}

// onWork runs what changes the files of one work, named by --work, and shows its files after.
func (c *call) onWork(fs *flag.FlagSet, change func(*office.Office, judging.Work) error) error {
	work := fs.String("work", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return err
		}
		if err := change(o, w); err != nil {
			return err
		}
		if w, err = o.Work(c.ctx, string(w.ID)); err != nil {
			return err
		}
		return c.answer(worksJSON([]judging.Work{w})[0], func() {
			for i, f := range w.Files {
				fmt.Fprintf(c.out, "%d  %s  %d  %s\n", i+1, f.Kind, f.Bytes, f.Name)
			}
		})
	})
}

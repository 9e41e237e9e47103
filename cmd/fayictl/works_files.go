package main

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// filesCommands are the commands for the files of works and for works that are alike.
var filesCommands = []declaration{
	worksReconcile, worksAttach, worksDetach, worksOrder, worksAside, worksDismiss, worksCheck, worksText, worksThumbs,
	worksDuplicates,
}

func worksReconcile(cmd *command) handler {
	cmd.use("works reconcile CONTEST", "works reconcile 2020.fayi")
	file := cmd.str("file", "WAITING", "flag.file_waiting")
	out := cmd.str("out", "FILE", "flag.out")
	small := cmd.yes("small", "flag.small")
	cmd.limit(allOrNone, "file", "out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *small && *file != "" {
			data, err := o.Intake().WaitingThumbnail(c.ctx, *file, intake.ThumbSizes[0])
			if err != nil {
				return result{}, err
			}
			return saved(*out, bytes.NewReader(data))
		}
		if *file != "" {
			in, err := o.Intake().OpenWaitingFile(c.ctx, *file)
			if err != nil {
				return result{}, err
			}
			return saveStream(in, *out)
		}
		r, err := o.Intake().Reconcile(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(r, func(pr *printer) { printReconciliation(pr, r) })
	})
}

// saveStream writes all of in to path and closes in.
func saveStream(in io.ReadCloser, path string) (result, error) {
	defer in.Close()
	return saved(path, in)
}

func printReconciliation(pr *printer, r intake.Reconciliation) {
	pr.say("reconcile.summary", judging.Args{"Matched": len(r.Matched), "Doubtful": len(r.Doubtful),
		"Missing": len(r.Missing), "Loose": len(r.Loose)})
	for _, f := range r.Doubtful {
		fmt.Fprintf(pr.out, "? %s  %s  %s\n", f.ID, f.Path, pr.text.T(f.Reason, nil))
		for _, offer := range f.Offers {
			fmt.Fprintf(pr.out, "    %3.0f%%  %s  %s  %s  %s\n", 100*offer.Score, offer.Work, offer.Title,
				strings.Join(offer.Authors, "、"), offer.Unit)
		}
	}
	for _, w := range r.Missing {
		fmt.Fprintf(pr.out, "- %s  %s  %s  %s\n", w.Work, w.Title, strings.Join(w.Authors, "、"), w.Unit)
	}
	for _, f := range r.Loose {
		fmt.Fprintf(pr.out, "+ %s  %s  %s\n", f.ID, f.Path, pr.text.T(f.Reason, nil))
	}
}

func worksAttach(cmd *command) handler {
	cmd.use("works attach CONTEST", "works attach 2020.fayi --work w000012 --file f000003")
	aside := cmd.yes("aside", "flag.aside")
	file := cmd.must("file", "WAITING", "flag.file_waiting")
	return onWork(cmd, func(c *call, o *office.Office, w judging.Work) error {
		return o.Intake().AttachFile(c.ctx, *file, w.ID, *aside)
	})
}

func worksDetach(cmd *command) handler {
	cmd.use("works detach CONTEST", "works detach 2020.fayi --work w000012 --file 2")
	n := cmd.mustNum("file", "N", "flag.file_number", 1)
	return onWork(cmd, func(c *call, o *office.Office, w judging.Work) error {
		return o.Intake().DetachFile(c.ctx, w.ID, *n-1)
	})
}

func worksOrder(cmd *command) handler {
	cmd.use("works order CONTEST", "works order 2020.fayi --work w000012 --files 2,1,3")
	list := cmd.must("files", "2,1,3", "flag.files")
	return onWork(cmd, func(c *call, o *office.Office, w judging.Work) error {
		var order []int
		for _, s := range strings.FieldsFunc(*list, func(r rune) bool { return r == ',' || r == '，' || r == ' ' }) {
			n, err := strconv.Atoi(s)
			if err != nil {
				return cmd.misused("cli.bad_order", judging.Args{"Flag": "--files", "Value": s})
			}
			order = append(order, n-1)
		}
		return o.Intake().OrderFiles(c.ctx, w.ID, order)
	})
}

func worksAside(cmd *command) handler {
	cmd.use("works aside CONTEST", "works aside 2020.fayi --work w000012 --file 2")
	n := cmd.mustNum("file", "N", "flag.file_number", 1)
	clear := cmd.yes("clear", "flag.clear_aside")
	return onWork(cmd, func(c *call, o *office.Office, w judging.Work) error {
		return o.Intake().SetFileAside(c.ctx, w.ID, *n-1, !*clear)
	})
}

func worksDismiss(cmd *command) handler {
	cmd.use("works dismiss CONTEST", "works dismiss 2020.fayi --file f000003")
	file := cmd.must("file", "WAITING", "flag.file_waiting")
	clear := cmd.yes("clear", "flag.clear_dismiss")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Intake().DismissFile(c.ctx, *file, !*clear); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"file": *file, "dismissed": !*clear}, func(pr *printer) {
			pr.say("reconcile.settled", nil)
		})
	})
}

// onWork makes the handler of a command that changes the files of one work, named by --work, and shows its files
// afterwards.
func onWork(cmd *command, change func(*call, *office.Office, judging.Work) error) handler {
	work := cmd.must("work", "W", "flag.work")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		if err := change(c, o, w); err != nil {
			return result{}, err
		}
		if w, err = o.Work(c.ctx, string(w.ID)); err != nil {
			return result{}, err
		}
		return answer(worksJSON([]judging.Work{w})[0], func(pr *printer) {
			for i, f := range w.Files {
				fmt.Fprintf(pr.out, "%d  %s  %d  %s\n", i+1, f.Kind, f.Bytes, f.Name)
			}
		})
	})
}

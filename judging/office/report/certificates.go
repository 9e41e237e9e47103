package report

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// CertificateRequest says what to print and where to.
type CertificateRequest struct {
	Out      string           // the PDF to write; with Each the folder of the PDFs, one for each winner
	Each     bool             // a file for each winner
	List     string           // an Excel list of the same, for printers and for merging; "" for none
	Template string           // a template file; "" for the bundled one
	Works    []judging.WorkID // just these; empty: every winner
	Honours  bool             // the prizes of units and teachers too
	Date     string           // as people write one; "" for today
	Proof    bool             // show the room for the seal
	Anyway   bool             // print although characters lack: □ stands for them
}

// CertificateReport is what was printed.
type CertificateReport struct {
	Certificates int                 `json:"certificates"`
	First        string              `json:"first"` // numbers
	Last         string              `json:"last"`
	Numbers      string              `json:"numbers"` // all of them, in words: 〔2020〕第0003、0005–0009号
	Files        []string            `json:"files"`
	Lacking      []UnprintableRecord `json:"lacking,omitempty"`

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"` // what they go out with
}

// PrintCertificates writes the certificates of the winners as PDF, each with its number and a code by which
// VerifyCertificate knows it. A winner keeps the number of an earlier printing. Errors: Closed when no awards are
// decided, NotFound for a work without one, Invalid for a template that won't do and, unless Anyway is set, for
// characters that cannot be printed, which the report then lists, or for what is not a date; Unavailable.
func (o Stage) PrintCertificates(
	ctx context.Context, req CertificateRequest, words paper.Words,
) (CertificateReport, error) {
	p, report, err := o.prepare(ctx, req, words)
	if err != nil {
		return report, err
	}
	report.Files, err = p.write(ctx)
	return report, err
}

// prepare passes the gate, numbers the certificates of the winners and makes them ready to be drawn.
func (o Stage) prepare(
	ctx context.Context, req CertificateRequest, words paper.Words,
) (*certificatePrint, CertificateReport, error) {
	report := CertificateReport{Files: []string{}}
	awards, err := o.passWinners(ctx, req, &report)
	if err != nil {
		return nil, report, err
	}
	if err := req.checkPlaces(); err != nil { // before numbers are given
		return nil, report, err
	}
	if req.Date, err = certificateDate(req.Date, o.rec.Now()); err != nil {
		return nil, report, err
	}
	tmpl, err := readCertificateTemplate(req.Template)
	if err != nil {
		return nil, report, err
	}
	if report.Lacking, err = lacking(awards); err != nil {
		return nil, report, err
	}
	if len(report.Lacking) > 0 && !req.Anyway {
		return nil, report, judging.Fail(judging.Invalid, "report.unprintable", judging.Args{
			"Count": len(report.Lacking),
		})
	}
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return nil, report, err
	}
	numbered, err := o.numberCertificates(ctx, awards, words)
	if err != nil {
		return nil, report, err
	}
	p := &certificatePrint{req: req, state: report.State.Mark(), template: tmpl, words: words, won: awards,
		series: diploma.Series{Contest: c.Title(), Host: c.Host, Date: req.Date, Made: o.rec.Now(), Proof: req.Proof,
			Words: diploma.Words(words)}}
	p.fill(awards, numbered, diploma.Key{Contest: c.ID, Secret: c.Key})
	report.Certificates, report.First, report.Last = len(p.list), p.list[0].Number, p.list[len(p.list)-1].Number
	report.Numbers = numberRanges(p.issued, words("kit.comma", nil))
	return p, report, nil
}

// checkPlaces refuses a folder where a file is to be written, and a file where a folder is.
func (r CertificateRequest) checkPlaces() error {
	check := sets.FilePlace
	if r.Each {
		check = sets.FolderPlace
	}
	if err := check(r.Out); err != nil || r.List == "" {
		return err
	}
	return sets.FilePlace(r.List)
}

// readCertificateTemplate reads a template file and the background next to it.
func readCertificateTemplate(path string) (diploma.Template, error) {
	if path == "" {
		return diploma.ReadTemplate(diploma.Bundled(), nil)
	}
	data, err := readSmall(path, 1<<20)
	if err != nil {
		return diploma.Template{}, err
	}
	return diploma.ReadTemplate(data, func(name string) ([]byte, error) {
		if !filepath.IsLocal(name) {
			return nil, judging.Fail(judging.Invalid, "diploma.background_unreadable", judging.Args{
				"Name": filepath.Base(name),
			})
		}
		return readSmall(filepath.Join(filepath.Dir(path), name), 64<<20)
	})
}

// readSmall reads a file of at most so many bytes.
func readSmall(path string, most int64) ([]byte, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, store.Translate(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = judging.Fail(judging.Invalid, "sheet.too_big", judging.Args{
			"File":  filepath.Base(path),
			"Part":  filepath.Ext(path),
			"Limit": most >> 20,
		})
	}
	return data, store.Translate(path, err)
}

// CertificateTemplate writes the bundled template to path, for a user to change. Errors: Clash for a file that is
// there, Unavailable.
func (o Stage) CertificateTemplate(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return judging.Fail(judging.Clash, "batch.folder_there", judging.Args{"Dir": filepath.Base(path)})
	}
	return records.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(diploma.Bundled())
		return err
	})
}

// certificatePrint is one print.
type certificatePrint struct {
	req      CertificateRequest
	state    string // the moment that the list is of
	template diploma.Template
	series   diploma.Series
	list     []diploma.Certificate
	issued   []records.Certificate // of list
	won      []awards.Award        // of list
	words    paper.Words
}

func (p *certificatePrint) fill(awards []awards.Award, numbered map[string]records.Certificate, key diploma.Key) {
	for _, a := range awards {
		n := numbered[winner(certificateOf(a))]
		p.issued = append(p.issued, n)
		c := diploma.Certificate{
			Number:   n.Number,
			Award:    a.Award,
			Author:   n.Author,
			Title:    a.Title,
			Category: a.Category,
			Group:    a.Group,
			Unit:     a.Unit,
			Teacher:  strings.Join(a.Teachers, "、"),
		}
		if c.Author == "" {
			c.Author = a.Unit
		}
		c.Code = key.Code(diploma.Certificate{Number: n.Number, Author: n.Author, Title: n.Title, Award: n.Award})
		p.list = append(p.list, c)
	}
}

// write writes the certificates and, where one is wanted, the list of them: both or neither.
func (p *certificatePrint) write(ctx context.Context) (files []string, err error) {
	if p.req.List == "" {
		return p.writeAll(ctx)
	}
	err = sets.FileWith(ctx, p.req.List, p.writeList, func() (err error) {
		files, err = p.writeAll(ctx)
		return err
	})
	if err != nil {
		return []string{}, err
	}
	return append([]string{p.req.List}, files...), nil
}

func (p *certificatePrint) writeAll(ctx context.Context) ([]string, error) {
	out := []string{}
	if !p.req.Each {
		err := records.WriteFile(p.req.Out, func(w io.Writer) error {
			return diploma.Certificates(w, p.template, p.series, p.list)
		})
		if err == nil {
			out = append(out, p.req.Out)
		}
		return out, err
	}
	each := []string{}
	err := sets.Write(ctx, p.req.Out, func(put sets.Put) error {
		var names judging.NameBook
		for _, c := range p.list {
			if err := ctx.Err(); err != nil {
				return err
			}
			name := names.Take(c.Number+"-"+c.Award+"-"+c.Author, ".pdf")
			if err := put(name, func(w io.Writer) error {
				return diploma.Certificates(w, p.template, p.series, []diploma.Certificate{c})
			}); err != nil {
				return err
			}
			each = append(each, filepath.Join(p.req.Out, name))
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	return append(out, each...), nil
}

// writeList writes what stands on the certificates as a plain table, one row each, for printers who merge it into a
// form of theirs.
func (p *certificatePrint) writeList(w io.Writer) error {
	head := []any{}
	for _, k := range []string{"number", "author", "title", "category", "group", "award", "unit", "teacher",
		"contest", "host", "date", "code", "state"} {
		head = append(head, p.words("report.merge_"+k, nil))
	}
	rows := [][]any{head}
	for _, c := range p.list {
		rows = append(rows, []any{c.Number, c.Author, c.Title, c.Category, c.Group, c.Award, c.Unit, c.Teacher,
			p.series.Contest, p.series.Host, p.series.Date, c.Code, p.state})
	}
	return paper.WriteGrids(w, []paper.Grid{{
		Name: p.words("report.merge_sheet", nil), Rows: rows, Head: 1, Words: p.words,
		Widths: []float64{20, 16, 36, 10, 10, 10, 28, 12, 30, 20, 16, 22, 16}}})
}

package collect

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"slices"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/collect"
	"fayi/judging/diploma"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// mostAddress is the longest address that a poster or a slip carries, in bytes: a code of more is too fine for a
// telephone.
const mostAddress = 400

// checkAddress refuses what is no address that a telephone can open. secret says that it may carry a token.
func checkAddress(at string, secret bool) error {
	u, err := url.Parse(at)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil ||
		u.Fragment != "" && !secret || len(at) > mostAddress {
		return judging.Fail(judging.Invalid, "poster.bad_address", nil)
	}
	return nil
}

// PosterRequest asks for the poster of the call as a whole.
type PosterRequest struct {
	Path  string
	At    string // where works are sent online, without anybody's link
	Large bool   // on A3, else on A4
}

// WritePoster writes a poster that says where works are sent, with a QR code and the address in words. It carries no
// link of a unit. Errors: Invalid for what is no address, or carries a link; Unavailable.
func (o Stage) WritePoster(ctx context.Context, req PosterRequest, words paper.Words) error {
	if err := checkAddress(req.At, false); err != nil {
		return err
	}
	k, _, err := o.kit(ctx, "", words)
	if err != nil {
		return err
	}
	return records.WriteFile(req.Path, func(w io.Writer) error {
		return diploma.WritePoster(w, posterOf(k, req.At, req.Large))
	})
}

func posterOf(k *collect.Kit, at string, large bool) diploma.Poster {
	p := diploma.Poster{
		Title: k.Words("poster.title", nil), Contest: k.Contest.Title(), Address: at, From: k.Contest.Host,
		Large: large, Made: k.Today, Words: diploma.Words(k.Words),
		Lines: []string{k.Words("poster.what", nil), k.Words("poster.link", nil)},
	}
	var kinds []string
	for _, c := range k.Rules.Categories {
		kinds = append(kinds, c.Name)
	}
	if len(kinds) > 0 {
		p.Lines = append(p.Lines, k.Words("poster.categories", judging.Args{"Names": strings.Join(kinds, "、")}))
	}
	for _, line := range []string{until(k), ask(k)} {
		if line != "" {
			p.Lines = append(p.Lines, line)
		}
	}
	return p
}

// until says until when works are taken, "" where nobody said.
func until(k *collect.Kit) string {
	if k.Terms.Deadline == "" {
		return ""
	}
	return k.Words("poster.until", judging.Args{"Day": k.Day(k.Terms.Deadline)})
}

// ask says whom to ask, "" where nobody said. Contact and phone are the host's own.
func ask(k *collect.Kit) string {
	who := strings.TrimSpace(k.Terms.Contact + " " + k.Terms.Phone)
	if who == "" {
		return ""
	}
	return k.Words("poster.ask", judging.Args{"Who": who})
}

// UnitLink is the link of a unit, as it is given to it.
type UnitLink struct {
	Unit string
	Link string
}

// WriteSlips writes the links of units as slips to be cut apart, one for each, by name, four to a page. A link is in
// nothing else that is written, and is kept nowhere. Without links it only finds out whether a file can be written
// there, and leaves what is there. Errors: Invalid for what is no address; Unavailable.
func (o Stage) WriteSlips(ctx context.Context, path string, links []UnitLink, words paper.Words) error {
	if len(links) == 0 {
		if err := sets.FilePlace(path); err != nil {
			return err
		}
		f, err := atomicfile.Create(path, 0o600)
		if err != nil {
			return store.Translate(path, err)
		}
		f.Discard()
		return nil
	}
	k, _, err := o.kit(ctx, "", words)
	if err != nil {
		return err
	}
	var slips []diploma.LinkSlip
	for _, l := range links {
		if err := checkAddress(l.Link, true); err != nil {
			return err
		}
		slips = append(slips, slipOf(k, l))
	}
	slices.SortStableFunc(slips, func(a, b diploma.LinkSlip) int { return strings.Compare(a.Unit, b.Unit) })
	return records.WriteFile(path, func(w io.Writer) error { return diploma.LinkSlips(w, slips...) })
}

func slipOf(k *collect.Kit, l UnitLink) diploma.LinkSlip {
	return diploma.LinkSlip{
		Contest: k.Contest.Title(), Unit: l.Unit, Link: l.Link, Until: until(k), Ask: ask(k), Made: k.Today,
		Words: diploma.Words(k.Words),
	}
}

// onlineMaker makes the papers of a kit that say where works are sent online: a poster for all, for a unit its slip.
func onlineMaker(ctx context.Context, req KitRequest, report *KitReport) (collect.Maker, error) {
	if req.At == "" {
		return func(*collect.Kit, collect.Unit) ([]collect.File, error) { return nil, nil }, nil
	}
	if err := checkAddress(req.At, false); err != nil {
		return nil, err
	}
	links := map[string]string{}
	if req.Links != nil {
		got, err := req.Links(ctx)
		if err != nil {
			return nil, err
		}
		for unit, link := range got {
			if err := checkAddress(link, true); err != nil {
				return nil, err
			}
			links[judging.Fold(unit)] = link
		}
	}
	var poster []byte // the same for all
	return func(k *collect.Kit, u collect.Unit) ([]collect.File, error) {
		var b bytes.Buffer
		if poster == nil {
			if err := diploma.WritePoster(&b, posterOf(k, req.At, false)); err != nil {
				return nil, err
			}
			poster = slices.Clone(b.Bytes())
		}
		files := []collect.File{{Name: k.Words("poster.file", nil) + ".pdf", Data: poster}}
		link := links[judging.Fold(u.Name)]
		if u.Name == "" || link == "" {
			return files, nil
		}
		b.Reset()
		if err := diploma.LinkSlips(&b, slipOf(k, UnitLink{u.Name, link})); err != nil {
			return nil, err
		}
		report.Slips++
		return append(files, collect.File{Name: k.Words("poster.slip_file", nil) + ".pdf", Data: b.Bytes()}), nil
	}, nil
}

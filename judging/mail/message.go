package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"path"
	"slices"
	"strings"
	"time"

	"fayi/judging/text"
)

// Limits bound what is taken out of one letter.
type Limits struct {
	Bytes int64 // of the letter as it lies in the mailbox
	Parts int
	Depth int // of parts within parts and letters within letters
}

// Usual are the limits that mailboxes of offices stay below.
var Usual = Limits{Bytes: 256 << 20, Parts: 500, Depth: 8}

// mostHeader is how many bytes the head of a letter may have.
const mostHeader = 1 << 20

// Head says of a letter who wrote it, when, and about what.
type Head struct {
	Subject string
	Name    string // the sender as they call themselves, else the address
	Address string
	Date    time.Time // zero where it says none
}

// Why an attachment is left out, by the ends of keys of texts.
const (
	LeftProgram = "program" // a file that a double click runs
	LeftOutlook = "outlook" // winmail.dat, which only Outlook reads
	LeftDamaged = "damaged" // its encoding breaks off
	LeftDeep    = "deep"    // parts within parts beyond the limit
	LeftMany    = "many"    // parts beyond the limit
)

// Left is an attachment that was not taken out of a letter.
type Left struct {
	Name string
	Why  string
}

// ErrLarge is the error of a letter with more bytes than its limit.
var ErrLarge = errors.New("the letter is larger than its limit")

// Read reads a letter and hands each attachment to save, under a name that is legal and no other attachment of the
// letter has. Errors: ErrLarge, those of save, those of r.
func Read(r io.Reader, l Limits, save func(name string, data io.Reader) error) (Head, []Left, error) {
	bounded := &io.LimitedReader{R: r, N: l.Bytes + 1}
	p := &parting{limits: l, save: save, in: bounded}
	head, err := p.letter(bounded, 0)
	if bounded.N <= 0 {
		return head, p.left, ErrLarge
	}
	return head, p.left, err
}

// MayAttach reports whether a letter of that content type may have attachments.
func MayAttach(contentType string) bool {
	kind, _ := fields(contentType)
	return kind != "" && !strings.HasPrefix(kind, "text/") && kind != "multipart/alternative"
}

// parting takes one letter apart.
type parting struct {
	limits Limits
	save   func(name string, data io.Reader) error
	in     *io.LimitedReader
	parts  int
	names  text.NameBook
	left   []Left
}

func (p *parting) letter(r io.Reader, depth int) (Head, error) {
	body := bufio.NewReader(r)
	var data []byte
	for len(data) < mostHeader {
		line, err := body.ReadSlice('\n')
		data = append(data, line...)
		if err != nil && err != bufio.ErrBufferFull || len(bytes.TrimSpace(line)) == 0 {
			break // what is wrong with the line shows in the body
		}
	}
	h := header(data)
	return headOf(h), p.part(h, body, depth)
}

// header reads the lines of a head one by one: one that no standard allows is left out, and the others stay.
func header(data []byte) textproto.MIMEHeader {
	out := textproto.MIMEHeader{}
	last := ""
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && last != "" {
			out[last][0] += " " + string(bytes.TrimSpace(line))
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if last = ""; ok {
			last = textproto.CanonicalMIMEHeaderKey(string(bytes.TrimSpace(name)))
			out[last] = []string{string(bytes.TrimSpace(value))}
		}
	}
	return out
}

// damaged notes what can't be read; the rest goes on. A letter that is too large is an error as a whole.
func (p *parting) damaged(name string) {
	if p.in.N > 0 {
		p.left = append(p.left, Left{name, LeftDamaged})
	}
}

// part takes one part: what lies in it, or itself as an attachment.
func (p *parting) part(h textproto.MIMEHeader, body io.Reader, depth int) error {
	if p.parts++; p.parts > p.limits.Parts {
		if p.parts == p.limits.Parts+1 {
			p.left = append(p.left, Left{"", LeftMany})
		}
		return nil
	}
	kind, params := fields(h.Get("Content-Type"))
	disposition, more := fields(h.Get("Content-Disposition"))
	name := cleanName(params.get("name"))
	if said := cleanName(more.get("filename")); said != "" {
		name = said
	}
	body = decoded(h.Get("Content-Transfer-Encoding"), body)
	nested := strings.HasPrefix(kind, "multipart/") || kind == "message/rfc822"
	switch {
	case nested && depth == p.limits.Depth:
		p.left = append(p.left, Left{name, LeftDeep})
		return nil
	case kind == "message/rfc822":
		_, err := p.letter(body, depth+1)
		return err
	case nested:
		return p.several(params.get("boundary"), body, depth)
	case name == "" && disposition != "attachment" && (kind == "" || strings.HasPrefix(kind, "text/")):
		return nil // what the sender wrote
	}
	return p.attachment(name, kind, body)
}

func (p *parting) several(boundary string, body io.Reader, depth int) error {
	if boundary == "" {
		p.damaged("")
		return nil
	}
	parts := multipart.NewReader(body, boundary)
	for p.parts <= p.limits.Parts {
		next, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			p.damaged("")
			return nil
		}
		if err := p.part(next.Header, next, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// attachment hands one attachment on.
func (p *parting) attachment(name, kind string, body io.Reader) error {
	if name == "" {
		name = fmt.Sprintf("附件%d%s", p.parts, endings[kind])
	}
	low := strings.ToLower(name)
	if low == "winmail.dat" || kind == "application/ms-tnef" {
		p.left = append(p.left, Left{name, LeftOutlook})
		return nil
	}
	ending := path.Ext(name)
	if slices.Contains(runs, strings.ToLower(ending)) {
		p.left = append(p.left, Left{name, LeftProgram})
		return nil
	}
	own := &source{r: body}
	err := p.save(p.names.Take(strings.TrimSuffix(name, ending), ending), own)
	if own.err != nil {
		p.damaged(name)
		return nil
	}
	return err
}

// source remembers that reading failed, which is the letter's fault and not that of whoever keeps the attachment.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// endings are those of attachments without a name.
var endings = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "application/zip": ".zip",
}

// runs are the endings of files that a double click runs. No work is one.
var runs = []string{
	".exe", ".com", ".scr", ".bat", ".cmd", ".pif", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".hta", ".lnk",
	".url", ".msi", ".msp", ".ps1", ".jar", ".cpl",
	".reg", ".dll", ".sys", ".scf", ".chm", ".sh", ".command", ".app", ".desktop",
}

func decoded(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, plain{r})
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// plain drops what base64 may hold between its letters.
type plain struct{ r io.Reader }

func (p plain) Read(b []byte) (int, error) {
	for {
		n, err := p.r.Read(b)
		kept := 0
		for _, c := range b[:n] {
			if c > ' ' {
				b[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil || len(b) == 0 {
			return kept, err
		}
	}
}

func headOf(h textproto.MIMEHeader) Head {
	out := Head{Subject: text.Line(words(h.Get("Subject")))}
	from := h.Get("From")
	if i := strings.LastIndexByte(from, '<'); i >= 0 {
		out.Address = strings.Trim(from[i:], "<> \t")
		out.Name = text.Line(words(strings.Trim(from[:i], "\" \t")))
	} else {
		out.Address = strings.TrimSpace(from)
	}
	out.Address = text.Line(out.Address)
	if out.Name == "" {
		out.Name = out.Address
	}
	if at, err := netmail.ParseDate(h.Get("Date")); err == nil {
		out.Date = at
	}
	return out
}

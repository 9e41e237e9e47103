package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"fayi/judging"
)

// Account says where a mailbox is. The password is not part of it.
type Account struct {
	Host     string `json:"host"`
	Port     int    `json:"port,omitempty"` // 0: 993, with StartTLS 143
	User     string `json:"user"`
	Folder   string `json:"folder,omitempty"` // "": the inbox
	StartTLS bool   `json:"starttls,omitempty"`
	// certificates that are trusted besides those of the system, for a server of one's own; nil: none
	Roots *x509.CertPool `json:"-"`
}

// Letter is one letter as the mailbox lists it.
type Letter struct {
	Head

	UID      uint32
	Bytes    int64
	Received time.Time
	Attaches bool // it may have attachments
}

// Box is an open mailbox. It is for one goroutine.
type Box struct {
	c        *imapclient.Client
	validity uint32
	stop     func() bool
	ctx      context.Context
}

// dialing is how long a server may take to answer at all.
const dialing = 20 * time.Second

// listed is how many letters are listed at once.
const listed = 100

// Open opens a mailbox to look at it. It ends with ctx. Errors: Unavailable without a network and for a server that
// does not answer, Invalid for a certificate that is not trusted, Forbidden for a wrong password, NotFound for a folder
// that is not there.
func Open(ctx context.Context, a Account, password string) (*Box, error) {
	args := judging.Args{"Host": a.Host, "User": a.User, "Folder": a.folder()}
	conn, err := a.dial(ctx)
	if err != nil {
		return nil, broke(ctx, err, args)
	}
	opts := &imapclient.Options{TLSConfig: a.tls()}
	var c *imapclient.Client
	if a.StartTLS {
		if c, err = imapclient.NewStartTLS(conn, opts); err != nil {
			conn.Close()
			return nil, broke(ctx, err, args)
		}
	} else {
		c = imapclient.New(conn, opts)
	}
	b := &Box{c: c, ctx: ctx, stop: context.AfterFunc(ctx, func() { c.Close() })}
	if err := c.Login(a.User, password).Wait(); err != nil {
		b.Close()
		var no *imap.Error
		if errors.As(err, &no) && ctx.Err() == nil {
			return nil, judging.Fail(judging.Forbidden, "mail.refused", args).Because(err)
		}
		return nil, broke(ctx, err, args)
	}
	if c.Caps().Has(imap.CapID) { // some providers let nobody in who does not say which program it is
		_, _ = c.ID(&imap.IDData{Name: "Fayi", Version: "1"}).Wait()
	}
	data, err := c.Select(a.folder(), &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		b.Close()
		var no *imap.Error
		if errors.As(err, &no) && ctx.Err() == nil {
			return nil, judging.Fail(judging.NotFound, "mail.no_folder", args).Because(err)
		}
		return nil, broke(ctx, err, args)
	}
	b.validity = data.UIDValidity
	return b, nil
}

func (a Account) folder() string {
	if a.Folder == "" {
		return "INBOX"
	}
	return a.Folder
}

func (a Account) tls() *tls.Config {
	return &tls.Config{ServerName: a.Host, RootCAs: a.Roots, MinVersion: tls.VersionTLS12}
}

func (a Account) dial(ctx context.Context) (net.Conn, error) {
	port := a.Port
	if port == 0 && a.StartTLS {
		port = 143
	} else if port == 0 {
		port = 993
	}
	at, d := net.JoinHostPort(a.Host, strconv.Itoa(port)), &net.Dialer{Timeout: dialing}
	if a.StartTLS {
		return d.DialContext(ctx, "tcp", at)
	}
	ctx, done := context.WithTimeout(ctx, dialing)
	defer done()
	return (&tls.Dialer{NetDialer: d, Config: a.tls()}).DialContext(ctx, "tcp", at)
}

// broke says why the line to a server broke.
func broke(ctx context.Context, err error, args judging.Args) error {
	var untrusted *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var noTLS tls.RecordHeaderError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &untrusted), errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &invalid):
		return judging.Fail(judging.Invalid, "mail.certificate", args).Because(err)
	case errors.As(err, &noTLS):
		return judging.Fail(judging.Unavailable, "mail.no_tls", args).Because(err)
	}
	return judging.Fail(judging.Unavailable, "mail.no_network", args).Because(err)
}

// Validity is the number under which UIDs of this mailbox are what they are: with another one, they are others.
func (b *Box) Validity() uint32 { return b.validity }

// Close ends the line.
func (b *Box) Close() {
	b.stop()
	_ = b.c.Close()
}

// List lists the letters with UIDs beyond after that arrived on the day of since or later, oldest first. more is how
// many there are beyond most. Errors: Unavailable where the line breaks.
func (b *Box) List(after uint32, since time.Time, most int) (list []Letter, more int, err error) {
	criteria := &imap.SearchCriteria{Since: since, UID: []imap.UIDSet{{{Start: imap.UID(after) + 1, Stop: 0}}}}
	found, err := b.c.UIDSearch(criteria, nil).Wait()
	if err != nil {
		return nil, 0, broke(b.ctx, err, nil)
	}
	uids := slices.DeleteFunc(found.AllUIDs(), func(u imap.UID) bool { return uint32(u) <= after })
	slices.Sort(uids)
	if more = max(len(uids)-most, 0); more > 0 {
		uids = uids[:most]
	}
	for part := range slices.Chunk(uids, listed) {
		got, err := b.heads(part)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, got...)
	}
	slices.SortFunc(list, func(x, y Letter) int { return int(int64(x.UID) - int64(y.UID)) })
	return list, more, nil
}

// heads fetches what lists say of letters.
func (b *Box) heads(uids []imap.UID) ([]Letter, error) {
	section := &imap.FetchItemBodySection{
		Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Subject", "From", "Date", "Content-Type"},
		Partial: &imap.SectionPartial{Size: 64 << 10}, Peek: true,
	}
	cmd := b.c.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{
		UID: true, RFC822Size: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{section},
	})
	defer cmd.Close()
	var out []Letter
	for {
		m := cmd.Next()
		if m == nil {
			break
		}
		var l Letter
		for item := m.Next(); item != nil; item = m.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataUID:
				l.UID = uint32(item.UID)
			case imapclient.FetchItemDataRFC822Size:
				l.Bytes = item.Size
			case imapclient.FetchItemDataInternalDate:
				l.Received = item.Time
			case imapclient.FetchItemDataBodySection:
				if item.Literal == nil {
					continue
				}
				data, err := io.ReadAll(io.LimitReader(item.Literal, 64<<10))
				if err != nil {
					return nil, broke(b.ctx, err, nil)
				}
				l.Head, l.Attaches = headAndKind(data)
			}
		}
		if l.UID != 0 {
			out = append(out, l)
		}
	}
	if err := cmd.Close(); err != nil {
		return nil, broke(b.ctx, err, nil)
	}
	return out, nil
}

// headAndKind reads the fields of a head that lists ask for.
func headAndKind(data []byte) (Head, bool) {
	h := header(data)
	return headOf(h), MayAttach(h.Get("Content-Type"))
}

// Letter hands the bytes of one letter to read. Errors: Unavailable where the line breaks, NotFound for a letter that
// is gone, those of read.
func (b *Box) Letter(uid uint32, read func(io.Reader) error) error {
	cmd := b.c.Fetch(imap.UIDSetNum(imap.UID(uid)), &imap.FetchOptions{
		UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}},
	})
	defer cmd.Close()
	found, own := false, error(nil)
	for m := cmd.Next(); m != nil; m = cmd.Next() {
		for item := m.Next(); item != nil; item = m.Next() {
			if body, is := item.(imapclient.FetchItemDataBodySection); is && body.Literal != nil && !found {
				found = true
				line := &source{r: body.Literal}
				own = read(line)
				if line.err != nil {
					return broke(b.ctx, line.err, nil)
				}
				if _, err := io.Copy(io.Discard, body.Literal); err != nil {
					return broke(b.ctx, err, nil)
				}
			}
		}
	}
	switch err := cmd.Close(); {
	case err != nil:
		return broke(b.ctx, err, nil)
	case !found:
		return judging.Fail(judging.NotFound, "mail.gone", nil)
	}
	return own
}

package packet

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"filippo.io/age"

	"fayi/internal/regular"
	"fayi/judging"
)

// limits bound how much a file from outside may make this program store.
type limits struct {
	list  int   // bytes of the list and of a reply, unpacked
	files int   // media of a packet
	file  int64 // bytes of one of them
	total int64 // bytes of all of them
}

var usual = limits{list: 32 << 20, files: 20000, file: 16 << 30, total: 256 << 30}

// Place says where a packet is opened.
type Place struct {
	File string           // the packet, or the copy of its head that an earlier opening left in the working folder
	Dir  string           // packets are unpacked below it, each in a folder of its own
	Now  func() time.Time // the clock; it may be wrong
}

// Packet is an opened packet: the judge's desk away from the contest. Its methods may be called from many goroutines.
type Packet struct {
	list   list
	secret [32]byte // hash of the passphrase
	file   string   // that was opened
	dir    string   // the packet's own working folder
	files  map[judging.WorkCode][]string
	taken  *os.File // the lock
	now    func() time.Time

	mu        sync.Mutex
	book      *book
	said      map[judging.WorkCode][]judging.ScoreVersion // in this packet
	looks     map[judging.WorkCode]judging.Look           // in this packet
	submitted bool
	pledged   time.Time // when the pledge was accepted here; zero: it was not
	last      time.Time // of the last record
}

// Names within a working folder.
const (
	headName  = "packet" // the packet without its media
	callName  = "name"   // what the packet's file was called
	filesName = "files"
	lockName  = "lock"
	bookName  = "journal"
)

// Open opens a packet with the judge's passphrase and unpacks it, or continues where an earlier opening stopped.
// progress, if not nil, is called with the number of files unpacked. Errors: Forbidden for a wrong passphrase; Busy
// when another window has it open; Invalid for a file that is no packet, or of a format that this program doesn't
// know; Corrupt for one changed or cut; Unavailable when the disk is full.
func Open(ctx context.Context, at Place, passphrase string, progress func(done, total int)) (*Packet, error) {
	f, err := openRegular(at.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, chunk)
	h, sealed, err := readHead(r)
	if err != nil {
		return nil, err
	}
	l, err := openList(h, sealed, passphrase)
	if err != nil {
		return nil, err
	}
	p := &Packet{
		list:   l,
		secret: sha256.Sum256([]byte(plainPhrase(passphrase))),
		file:   at.File,
		dir:    filepath.Join(at.Dir, l.Packet),
		now:    at.Now,
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return nil, fault(p.dir, err)
	}
	if p.taken, err = lock(filepath.Join(p.dir, lockName)); err != nil {
		return nil, err
	}
	if err := p.start(ctx, r, append([]byte(h.String()), sealed...), progress); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// start unpacks what is not yet unpacked and reads the journal.
func (p *Packet) start(ctx context.Context, media io.Reader, head []byte, progress func(done, total int)) error {
	there, err := regular.ReadFile(filepath.Join(p.dir, headName), int64(usual.list)+2<<20)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if err := p.unpack(ctx, media, progress); err != nil {
			return err
		}
		// last: its presence means that everything is there
		if err := writeWhole(filepath.Join(p.dir, headName), head); err != nil {
			return err
		}
	case err != nil:
		return fault(p.dir, err)
	case !bytes.Equal(there, head):
		return damaged(errors.New("another packet of this name"))
	}
	if err := p.findFiles(); err != nil {
		return err
	}
	if name := filepath.Base(p.file); name != headName {
		if err := writeWhole(filepath.Join(p.dir, callName), []byte(name)); err != nil {
			return err
		}
	}
	book, records, err := openBook(filepath.Join(p.dir, bookName), p.list.Keep)
	if err != nil {
		return err
	}
	p.book, p.last, p.said = book, p.list.Made, map[judging.WorkCode][]judging.ScoreVersion{}
	p.looks = map[judging.WorkCode]judging.Look{}
	for _, r := range records {
		p.take(r)
	}
	return nil
}

// Mark reads from the packet at path where the contest's journal stood when it was made; "" for a packet of an older
// program. Media are not read. Errors: those of Open.
func Mark(path, passphrase string) (string, error) {
	f, err := openRegular(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h, sealed, err := readHead(bufio.NewReader(f))
	if err != nil {
		return "", err
	}
	l, err := openList(h, sealed, passphrase)
	return l.Mark, err
}

// readHead reads the plain line and the sealed list, checked against the sum in the line.
func readHead(r *bufio.Reader) (Header, []byte, error) {
	h, err := readHeader(r)
	if err != nil {
		return h, nil, err
	}
	if h.Reply {
		return h, nil, judging.Fail(judging.Invalid, "packet.is_reply", nil)
	}
	sealed, err := readPart(r, h)
	return h, sealed, err
}

// readPart reads the sealed part that h announces.
func readPart(r io.Reader, h Header) ([]byte, error) {
	if h.bytes > int64(usual.list)+1<<20 {
		return nil, tooLarge(nil)
	}
	sealed, err := io.ReadAll(io.LimitReader(r, h.bytes)) // grows with what is there, not with what is announced
	if err != nil {
		return nil, fault("", err)
	}
	sum := sha256.Sum256(sealed)
	if int64(len(sealed)) != h.bytes || hex.EncodeToString(sum[:]) != h.sum {
		return nil, damaged(errors.New("sum"))
	}
	return sealed, nil
}

func openList(h Header, sealed []byte, passphrase string) (list, error) {
	var l list
	phrase := plainPhrase(passphrase)
	if phrase == "" {
		return l, judging.Fail(judging.Forbidden, "packet.wrong_phrase", nil)
	}
	id, err := age.NewScryptIdentity(phrase)
	if err != nil {
		return l, internal(err)
	}
	id.SetMaxWorkFactor(maxFactor)
	plain, err := openPart(sealed, id)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return l, judging.Fail(judging.Forbidden, "packet.wrong_phrase", nil)
	}
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(plain, &l); err != nil {
		return l, damaged(err)
	}
	return l, l.check(h)
}

// openPart opens one sealed part; its size is bounded.
func openPart(sealed []byte, id age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	if err != nil {
		var none *age.NoIdentityMatchError
		if errors.As(err, &none) {
			return nil, none
		}
		return nil, damaged(err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, int64(usual.list)+1))
	switch {
	case err != nil:
		return nil, damaged(err)
	case len(plain) > usual.list:
		return nil, tooLarge(nil)
	}
	return plain, nil
}

// check refuses a list that this program would never have written.
func (l list) check(h Header) error {
	bad := func(what string) error { return damaged(errors.New(what)) }
	switch {
	case l.Packet != h.Packet || l.Contest != h.Contest:
		return bad("identity")
	case len(l.Sign) != 32 || len(l.Keep) != 32:
		return bad("keys")
	case l.Duties.Judge == "" || l.Duties.Plan == "":
		return bad("duties")
	case len(l.Return.Due) > maxReturn || len(l.Return.To) > maxReturn:
		return bad("return")
	}
	seen, files := map[judging.WorkCode]bool{}, 0
	for _, w := range l.Duties.Works {
		if w.Code == "" || len(w.Code) > 64 || seen[w.Code] {
			return bad("code")
		}
		seen[w.Code] = true
		files += len(w.Files)
		if r, ok := l.Duties.Rubrics[w.Category]; !ok || len(r.Check(w.Category)) > 0 {
			return bad("rubric")
		}
	}
	if files > usual.files {
		return tooLarge(nil)
	}
	for code := range l.History {
		if !seen[code] {
			return bad("history")
		}
	}
	return nil
}

// Contest says which contest the packet belongs to.
func (p *Packet) Contest() judging.ContestID { return p.list.Contest }

// Return says until when and to whom the reply is brought back.
func (p *Packet) Return() Return { return p.list.Return }

// ID is the packet's name, 16 hex digits.
func (p *Packet) ID() string { return p.list.Packet }

// Lost counts records of the journal that could not be read: what they held is lost.
func (p *Packet) Lost() int { return p.book.lost }

// Close releases the packet for another window. Everything saved is already on the disk.
func (p *Packet) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	if p.book != nil {
		errs = append(errs, p.book.file.Close())
	}
	return fault(p.dir, errors.Join(append(errs, p.taken.Close())...))
}

// Known lists the heads of packets that were unpacked below dir, the most recently used first: each can be opened
// again without the file it came from.
func Known(dir string) []string {
	found, _ := filepath.Glob(filepath.Join(dir, "*", headName)) // a bad pattern finds nothing
	slices.SortFunc(found, func(a, b string) int { return Used(b).Compare(Used(a)) })
	return found
}

// Unpacked reports whether path is the head of a packet in its working folder, not the file it came from.
func Unpacked(path string) bool { return filepath.Base(path) == headName }

// IsNamed reports whether path is called like a packet.
func IsNamed(path string) bool { return strings.EqualFold(filepath.Ext(path), Ending) }

// NameOf returns what the file of a packet was called, also of one that Known lists.
func NameOf(path string) string {
	if !Unpacked(path) {
		return filepath.Base(path)
	}
	name, err := regular.ReadFile(filepath.Join(filepath.Dir(path), callName), 4096)
	if err != nil {
		return filepath.Base(filepath.Dir(path)) // the packet's own name
	}
	return string(name)
}

// Used returns when a packet that Known lists was last written to, or else when it was unpacked; the zero time if
// it no longer exists.
func Used(head string) time.Time {
	last := changed(filepath.Join(filepath.Dir(head), bookName))
	if unpacked := changed(head); unpacked.After(last) {
		return unpacked
	}
	return last
}

func changed(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

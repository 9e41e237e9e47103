package packet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/tries"
)

// File name extensions, for dialogs and double clicks.
const (
	Ending      = ".fayipacket"
	ReplyEnding = ".fayireply"
)

// The versions of both kinds of files that this program reads. A packet whose rubrics ask what older programs know
// nothing of bears the second, one without marks the third, one with a pledge the fourth, one with a criterion that
// need not apply the fifth, which they refuse; all else is written in the first.
const (
	plain = 1
	asks  = 2
	votes = 3
	sworn = 4
	loose = 5
)

// Header is the line of plain text at the head of a packet or a reply. It names no person.
type Header struct {
	Reply   bool // a reply, not a packet
	Contest judging.ContestID
	Packet  string // 16 hex digits, drawn at random
	format  int    // plain to loose; 0: plain
	bytes   int64  // of the sealed part that follows
	sum     string // its SHA-256 in hex
}

const (
	packetMagic = "FAYI-PACKET"
	replyMagic  = "FAYI-REPLY"
	maxHeader   = 256
)

var headerLine = regexp.MustCompile(
	`^(FAYI-PACKET|FAYI-REPLY) ([0-9]{1,4})(?: ([0-9a-f]{16}) ([0-9a-f]{16}) ([0-9]{1,9}) ([0-9a-f]{64}))?(?: .*)?$`,
)

func (h Header) String() string {
	magic := packetMagic
	if h.Reply {
		magic = replyMagic
	}
	return fmt.Sprintf("%s %d %s %s %d %s\n", magic, max(plain, h.format), h.Contest, h.Packet, h.bytes, h.sum)
}

// Peek reads what kind of file path is, without its secret. Errors: Invalid for a file that is neither a packet nor
// a reply, or of a format that this program doesn't know; Corrupt for a damaged head; Unavailable.
func Peek(path string) (Header, error) {
	f, err := openRegular(path)
	if err != nil {
		return Header{}, err
	}
	defer f.Close()
	return readHeader(bufio.NewReader(f))
}

// Identity names what the passphrase of the packet at path opens, to count tries by. A copy has the same one, whatever
// is written into its head: the packet's number there proves nothing before it is opened. Errors: those of Peek.
func Identity(path string) (string, error) {
	f, err := openRegular(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	if _, err := readHeader(r); err != nil {
		return "", err
	}
	start, err := r.Peek(tries.PhraseBytes)
	if err != nil && err != io.EOF { // one so short is damaged, which opening it tells
		return "", fault(path, err)
	}
	return tries.Phrase(start), nil
}

// openRegular opens a packet or reply for reading.
func openRegular(path string) (*os.File, error) {
	f, err := regular.Open(path)
	if errors.Is(err, regular.ErrIrregular) {
		return nil, judging.Fail(judging.Invalid, "packet.unknown", nil)
	}
	return f, fault(path, err)
}

func readHeader(r *bufio.Reader) (Header, error) {
	line, err := readLine(r)
	if err != nil {
		return Header{}, err
	}
	part := headerLine.FindStringSubmatch(line)
	switch {
	case part == nil && (strings.HasPrefix(line, packetMagic) || strings.HasPrefix(line, replyMagic)):
		return Header{}, damaged(errors.New("head"))
	case part == nil:
		return Header{}, judging.Fail(judging.Invalid, "packet.unknown", nil)
	case part[2] < strconv.Itoa(plain) || part[2] > strconv.Itoa(loose) || len(part[2]) > 1:
		return Header{}, wrongFormat(part[2])
	case part[3] == "":
		return Header{}, damaged(errors.New("head"))
	}
	n, err := strconv.ParseInt(part[5], 10, 64)
	h := Header{
		Reply:   part[1] == replyMagic,
		Contest: judging.ContestID(part[3]),
		Packet:  part[4],
		format:  int(part[2][0] - '0'),
		bytes:   n,
		sum:     part[6],
	}
	if err != nil || h.String() != line+"\n" {
		return Header{}, damaged(errors.New("head"))
	}
	return h, nil
}

// readLine returns the first line without its end, at most maxHeader bytes of it.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for len(line) < maxHeader {
		b, err := r.ReadByte()
		if err == io.EOF || err == nil && b == '\n' {
			break
		}
		if err != nil {
			return "", fault("", err)
		}
		line = append(line, b)
	}
	return string(line), nil
}

func wrongFormat(found string) error {
	n, _ := strconv.Atoi(found) // digits by the pattern
	if n > loose {
		return judging.Fail(judging.Invalid, "packet.newer", judging.Args{"Format": n, "Known": loose})
	}
	return judging.Fail(judging.Invalid, "packet.older", judging.Args{"Format": n, "Known": loose})
}

// damaged is the error for a file whose checksum does not match.
func damaged(err error) error {
	return judging.Fail(judging.Corrupt, "packet.damaged", nil).Because(err)
}

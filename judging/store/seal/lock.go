package seal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fayi/judging"
)

const (
	saltSize    = 16 // bytes
	lockVersion = 1

	// PasswordLeast and PasswordMost bound the length of a password, in characters.
	PasswordLeast = 8
	PasswordMost  = 64
)

// Lock is what a sealed store keeps to be opened with: the contest key, wrapped by each thing that opens it.
type Lock struct {
	Version  int    `json:"version"`
	Check    []byte `json:"check"` // which contest key it is of
	Password Slot   `json:"password"`
	Code     Slot   `json:"code"`
}

// Slot is the contest key wrapped by one thing.
type Slot struct {
	Cost
	Salt    []byte `json:"salt"`
	Wrapped []byte `json:"wrapped"`
}

// Unlock finds the key of a lock: it asks for a password, or knows the key. Errors: Forbidden.
type Unlock func(Lock) (*Key, error)

// Locked is the answer to a sealed store where nothing opens it.
var Locked = judging.Fail(judging.Forbidden, "seal.locked", nil)

// ErrWrong matches, by errors.Is, the error for a password or recovery code that does not open.
var ErrWrong = &judging.Error{Text: "seal.wrong"}

// ErrMistyped matches a recovery code whose check group does not fit.
var ErrMistyped = &judging.Error{Text: "seal.code_mistyped"}

// New makes a key and its lock, which password opens and the recovery code that it returns, as it is to be printed.
// Errors: Invalid for a password that is too short, Unavailable.
func New(random io.Reader, cost Cost, password string) (*Key, Lock, string, error) {
	if err := CheckPassword(password); err != nil {
		return nil, Lock{}, "", err
	}
	key, err := NewKey(random)
	if err != nil {
		return nil, Lock{}, "", err
	}
	l := Lock{Version: lockVersion, Check: key.check}
	if l.Password, err = key.wrap(random, cost, "password", plainPassword(password)); err != nil {
		return nil, Lock{}, "", err
	}
	l, code, err := key.Recoded(random, cost, l)
	return key, l, code, err
}

// Repassworded returns the lock of k with another password. Errors: Invalid, Unavailable.
func (k *Key) Repassworded(random io.Reader, cost Cost, l Lock, password string) (Lock, error) {
	if err := CheckPassword(password); err != nil {
		return l, err
	}
	var err error
	l.Password, err = k.wrap(random, cost, "password", plainPassword(password))
	return l, err
}

// Recoded returns the lock of k with another recovery code, and that code. Errors: Unavailable.
func (k *Key) Recoded(random io.Reader, cost Cost, l Lock) (Lock, string, error) {
	code, err := newCode(random)
	if err != nil {
		return l, "", err
	}
	digits, _, _ := plainCode(code)
	l.Code, err = k.wrap(random, cost, "code", digits)
	return l, code, err
}

// CheckPassword refuses a password that is too short or too long. Errors: Invalid.
func CheckPassword(password string) error {
	if n := utf8.RuneCountInString(plainPassword(password)); n < PasswordLeast || n > PasswordMost {
		return judging.Fail(judging.Invalid, "pin.password_length", judging.Args{
			"Least": PasswordLeast, "Most": PasswordMost,
		})
	}
	return nil
}

// plainPassword makes one of what an input method may write in several ways.
func plainPassword(s string) string { return strings.TrimSpace(norm.NFKC.String(s)) }

func (k *Key) wrap(random io.Reader, cost Cost, kind, plain string) (Slot, error) {
	s := Slot{Cost: cost, Salt: make([]byte, saltSize)}
	if _, err := io.ReadFull(random, s.Salt); err != nil {
		return s, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	aead, err := sealer(cost.derive(plain, s.Salt))
	if err != nil {
		return s, judging.Fail(judging.Internal, "store.fault", nil).Because(err)
	}
	s.Wrapped = aead.Seal(nil, nil, k.root, s.bound(kind))
	return s, nil
}

// bound is what a wrapped key is bound to.
func (s Slot) bound(kind string) []byte {
	return fmt.Appendf(nil, "fayi lock %d %s %d %d %d", lockVersion, kind, s.Passes, s.Memory, s.Threads)
}

// Open tries what was typed: a recovery code where it looks like one, and a password. It costs about a second, two for
// a password that looks like a code. Errors: Forbidden (ErrWrong, ErrMistyped), Corrupt.
func (l Lock) Open(typed string) (*Key, error) {
	if !l.sane() {
		return nil, damaged()
	}
	digits, looks, fits := plainCode(typed)
	if looks && fits {
		if key := l.Code.unwrap("code", digits); key != nil && key.Opens(l) {
			return key, nil
		}
	}
	if key := l.Password.unwrap("password", plainPassword(typed)); key != nil && key.Opens(l) {
		return key, nil
	}
	if looks && !fits {
		return nil, judging.Fail(judging.Forbidden, "seal.code_mistyped", nil)
	}
	return nil, judging.Fail(judging.Forbidden, "seal.wrong", nil)
}

func (l Lock) sane() bool {
	return len(l.Check) == checkSize && l.Password.sane() && l.Code.sane() && l.Version == lockVersion
}

// unwrap returns nil when plain does not open the slot.
func (s Slot) unwrap(kind, plain string) *Key {
	aead, err := sealer(s.derive(plain, s.Salt))
	if err != nil {
		return nil
	}
	root, err := aead.Open(nil, nil, s.Wrapped, s.bound(kind))
	if err != nil || len(root) != keySize {
		return nil
	}
	key, err := keyOf(root)
	if err != nil {
		return nil
	}
	return key
}

// With unlocks with what was typed.
func With(typed string) Unlock { return func(l Lock) (*Key, error) { return l.Open(typed) } }

// By unlocks with a key that is known; a store of another key stays Locked.
func By(k *Key) Unlock {
	return func(l Lock) (*Key, error) {
		if k == nil || !k.Opens(l) {
			return nil, Locked
		}
		return k, nil
	}
}

// Identity names the lock without telling anything of it: two files have the same one exactly when the same password
// and recovery code open both.
func (l Lock) Identity() string {
	sum := sha256.Sum256(l.Encode())
	return "lock " + hex.EncodeToString(sum[:])
}

// Encode returns the stored form of the lock.
func (l Lock) Encode() []byte {
	raw, _ := json.Marshal(l) // numbers and bytes only
	return raw
}

// Decode reads what Encode returned. Errors: Corrupt, also for a lock of a newer program.
func Decode(raw []byte) (Lock, error) {
	var l Lock
	if err := json.Unmarshal(raw, &l); err != nil {
		return l, damaged()
	}
	if l.Version > lockVersion {
		return l, judging.Fail(judging.Corrupt, "store.newer_format", judging.Args{
			"Table": "seal", "Version": l.Version, "Known": lockVersion,
		})
	}
	if !l.sane() {
		return l, damaged()
	}
	return l, nil
}

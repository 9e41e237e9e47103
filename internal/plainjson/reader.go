package plainjson

import (
	"reflect"
	"sync"

	json "github.com/go-json-experiment/json/v1"
)

// Reader reads values of one type. It serves many goroutines.
type Reader[T any] struct {
	node  *node
	texts int
	pool  sync.Pool
}

// For returns a reader of T.
func For[T any]() *Reader[T] {
	m := maker{known: map[reflect.Type]*node{}}
	r := &Reader[T]{node: m.node(reflect.TypeFor[T]())}
	r.texts = m.texts
	r.pool.New = func() any { return &scanner{last: make([]string, r.texts)} }
	return r
}

// Read reads body into v, which must be zero. It fails as the standard library's json.Unmarshal does, with other words.
func (r *Reader[T]) Read(body []byte, v *T) error {
	if r.plain(body, v) {
		return nil
	}
	var none T
	*v = none
	return json.Unmarshal(body, v)
}

// plain reads what is plain; false leaves anything in v.
func (r *Reader[T]) plain(body []byte, v *T) bool {
	s := r.pool.Get().(*scanner)
	s.data, s.at = body, 0
	ok := r.node.read(s, reflect.ValueOf(v).Elem()) && s.at == len(body)
	s.data = nil
	r.pool.Put(s)
	return ok
}

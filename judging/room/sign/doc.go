// Package sign is how the room knows who asks, on a network that anybody can listen to: a judge's token never travels,
// each request is signed with what it hashes to.
//
// It promises: a request that was not signed with the key, was changed, or was sent before is refused; an address of a
// medium is valid for one judge and for a time; a mark of content does not tell the content's own sum. It will not hide
// what is asked and answered, but for what Key.Seal seals: only encryption does.
//
// The page signs and seals in the same way in web/src/sign.ts and web/src/seal.ts: a browser that scores in a test
// shows that both agree.
package sign

// Package quickjson reads JSON into Go values as encoding/json does, several times faster where it is as a program wrote
// it. What it does not know, or what is not as it should be, it leaves to encoding/json, whose answer it then is: there
// is no JSON for which the two differ. It keeps nothing of the bytes that it reads.
package quickjson

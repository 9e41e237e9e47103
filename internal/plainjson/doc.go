// Package plainjson reads JSON in the plain form in which encoders write it: no blanks, each name as its field is
// tagged and once.
//
// Records by the hundred thousand are in that form, and reading them so takes a small part of the time. What is not
// plain, and what is no JSON, is left to a decoder that knows all of it: values and errors are always its.
package plainjson

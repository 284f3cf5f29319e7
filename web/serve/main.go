// Program serve serves the page's folder over http on this machine only, for
// those who would rather not open it as a file.
//
//	serve FOLDER [PORT]
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	if len(os.Args) < 2 || len(os.Args) > 3 {
		fmt.Fprintln(os.Stderr, "usage: serve FOLDER [PORT]")
		os.Exit(2)
	}
	port := "8080"
	if len(os.Args) == 3 {
		port = os.Args[2]
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("localhost", port))
	if err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
	fmt.Printf("http://%s/ until Ctrl-C\n", listener.Addr())
	err = http.Serve(listener, http.FileServer(http.Dir(os.Args[1])))
	fmt.Fprintln(os.Stderr, "serve:", err)
	os.Exit(1)
}

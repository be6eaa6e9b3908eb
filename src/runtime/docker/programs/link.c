// The program `link` of the sandbox image: it cuts the network that it runs in off from all others, or, run again, joins it
// to them as it was: eth0 and those after it.
//
// Another hardware address makes the kernel drop what others still send to the one they know; without ARP nobody learns the
// new one, and what is sent from within goes nowhere. Addresses and routes stay, connections stay open, and what is asked
// gets no answer: a network that fails, not one that is taken away.
//
// Source: netdevice(7); Linux net/ipv4/arp.c `arp_rcv`, `arp_netdev_event`.

#include "syscalls.h"

enum { SIOCGIFFLAGS = 0x8913, SIOCSIFFLAGS = 0x8914, SIOCSIFHWADDR = 0x8924, SIOCGIFHWADDR = 0x8927 };
enum { IFF_NOARP = 0x80, A_BIT = 8 };

/** A `struct ifreq`. */
static struct {
  char name[16];
  union {
    unsigned short flags;
    struct {
      unsigned short family;
      unsigned char address[22];
    } hardware;
  };
} it = {.name = "eth0"};

int link_program(char **argv) {
  (void)argv;
  word socket = (word)syscall4(SOCKET, AF_INET, SOCK_DGRAM, 0, 0);
  for (;; it.name[3]++) {
    if (syscall4(IOCTL, socket, SIOCGIFFLAGS, (word)&it, 0) < 0)
      return it.name[3] == '0' ? EXIT_NOT_PERMITTED : EXIT_DONE;
    it.flags ^= IFF_NOARP;
    if (syscall4(IOCTL, socket, SIOCSIFFLAGS, (word)&it, 0) < 0) return EXIT_NOT_PERMITTED;
    if (syscall4(IOCTL, socket, SIOCGIFHWADDR, (word)&it, 0) < 0) return EXIT_NOT_PERMITTED;
    it.hardware.address[0] ^= A_BIT;
    if (syscall4(IOCTL, socket, SIOCSIFHWADDR, (word)&it, 0) < 0) return EXIT_NOT_PERMITTED;
  }
}

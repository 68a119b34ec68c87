// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace glasshouse {

// A certificate for "localhost" that nobody signed, and its key. Made for these tests, used nowhere else, protects nothing.
constexpr const char *selfSignedCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUSY3s8Q2msSQA6Ui6PGShA1H5mjQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA5MTg1OVoYDzIxMjYxMDI4
MDkxODU5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQHCEYfYAmYkqkgcNoJl8oiWj8dZbYIeYM598Zi7E4LxX3+g5zM/Cjo
q1dQSSMqTqRPHi5duKX6wi2UKAvnm4eDo2kwZzAdBgNVHQ4EFgQUKnl4ug1VxrGN
xhCsouHOhkpdweAwHwYDVR0jBBgwFoAUKnl4ug1VxrGNxhCsouHOhkpdweAwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
RwAwRAIgCXxWbV4Q1ZZYcBvalkCCP+ePYCnE7CgpsYZRR/Cb3K4CIE+SfXZ6rrsJ
I06a5QV11NSmL78IMTeFjC840pEIo50z
-----END CERTIFICATE-----
)";
constexpr const char *selfSignedKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiqEFBsJRfJY0Iwnn
5OYGFW3y+bpYECxIwu82wsvF0JahRANCAAQHCEYfYAmYkqkgcNoJl8oiWj8dZbYI
eYM598Zi7E4LxX3+g5zM/Cjoq1dQSSMqTqRPHi5duKX6wi2UKAvnm4eD
-----END PRIVATE KEY-----
)";

} // namespace glasshouse

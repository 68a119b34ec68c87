# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Headers of Qt and of the language that most sources read anyway, compiled once: a build takes half the time. Sources include what
# they use all the same; a build with -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows that they do. With GCC only, because the others
# compare the definitions of a target more strictly than it is worth.
set(glasshouse_language_headers <algorithm> <array> <atomic> <chrono> <cstring> <functional> <limits> <memory> <mutex> <optional>
    <string> <tuple> <utility> <variant> <vector>)
set(glasshouse_core_headers ${glasshouse_language_headers} <QByteArray> <QByteArrayView> <QCoreApplication> <QDateTime> <QDir>
    <QFile> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QMetaType> <QObject> <QString> <QStringList> <QTimer>
    <QUrl> <QVariant>)
set(glasshouse_network_headers ${glasshouse_core_headers} <QHostAddress>)
set(glasshouse_widget_headers ${glasshouse_network_headers} <QAbstractTableModel> <QAction> <QComboBox> <QFormLayout> <QHeaderView>
    <QLabel> <QLineEdit> <QPushButton> <QTabWidget> <QToolButton> <QVBoxLayout> <QWidget>)
set(glasshouse_test_headers <QSignalSpy> <QTemporaryDir> <QTest>)

# glasshouse_precompile(<target> <header...>): its own.
function(glasshouse_precompile target)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_precompile_headers(${target} PRIVATE ${ARGN})
        target_compile_options(${target} PRIVATE -fpch-preprocess) # ccache wants it
    endif()
endfunction()

# glasshouse_share_precompiled(<target> <owner>): those of another one that is compiled in the same way.
function(glasshouse_share_precompiled target owner)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_precompile_headers(${target} REUSE_FROM ${owner})
        target_compile_options(${target} PRIVATE -fpch-preprocess)
    endif()
endfunction()

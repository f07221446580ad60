import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('orgs', '0001_initial'),
        ('orgs', '__first__'),
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=4, unique=True)),
                ('words', models.CharField(max_length=16, verbose_name='字号')),
            ],
        ),
        migrations.CreateModel(
            name='ChainRung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('watch', models.CharField(choices=[('claim', '没有人认领'), ('act', '没有开始处置'), ('clear', '有害内容没有清除')], max_length=5, verbose_name='等什么')),
                ('minutes', models.SmallIntegerField(verbose_name='分钟')),
                ('audience', models.CharField(choices=[('duty', '值班人员'), ('handler', '处置人'), ('leader', '单位主管领导'), ('department', '宣传部'), ('security', '保卫/信息化'), ('above', '上级单位主管领导')], max_length=10, verbose_name='告诉谁')),
            ],
            options={
                'ordering': ['watch', 'minutes', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('watch__in', ['claim', 'act', 'clear'])), name='rung_watch_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['duty', 'handler', 'leader', 'department', 'security', 'above'])), name='rung_audience_known'), models.CheckConstraint(condition=models.Q(('minutes__range', (-1440, 10080))), name='rung_within_a_week'), models.UniqueConstraint(fields=('watch', 'minutes', 'audience'), name='rung_stands_once_in_the_chain')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='编号')),
                ('status', models.CharField(choices=[('open', '待认领'), ('claimed', '已认领'), ('handling', '处置中'), ('referred', '已转送'), ('closed', '已办结'), ('dismissed', '误报'), ('merged', '已合并')], default='open', max_length=10)),
                ('kind', models.CharField(choices=[('harmful', '违法有害信息'), ('wording', '严重表述错误'), ('leak', '失泄密'), ('privacy', '个人信息泄露'), ('tampered', '页面被篡改、挂马、暗链'), ('hijacked', '账号被盗用或失控'), ('outage', '网站或服务中断'), ('opinion', '负面舆情'), ('rumour', '网络谣言、不实信息'), ('impersonation', '假冒账号正在行骗'), ('rights', '侵权投诉'), ('other', '其他')], max_length=16, verbose_name='类别')),
                ('severity', models.CharField(choices=[('extreme', '特别重大'), ('grave', '重大'), ('serious', '较大'), ('ordinary', '一般')], max_length=10, verbose_name='等级')),
                ('source', models.CharField(choices=[('person', '校内人员'), ('patrol', '内容巡查'), ('probe', '探测'), ('public', '公开举报'), ('superior', '上级通报')], max_length=10, verbose_name='来源')),
                ('is_drill', models.BooleanField(default=False, verbose_name='演练')),
                ('is_security', models.BooleanField(default=False)),
                ('with_security', models.BooleanField(default=False)),
                ('unit_path', models.CharField(db_index=True, max_length=255)),
                ('unit_name', models.CharField(max_length=100)),
                ('outlet_name', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('text', models.TextField(verbose_name='情况')),
                ('link', models.CharField(blank=True, max_length=500, verbose_name='网址')),
                ('reported_at', models.DateTimeField(verbose_name='报告时间')),
                ('reporter_name', models.CharField(blank=True, max_length=60)),
                ('handler_name', models.CharField(blank=True, max_length=60, verbose_name='处置人')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('clock_at', models.DateTimeField()),
                ('claim_by', models.DateTimeField()),
                ('act_by', models.DateTimeField()),
                ('clear_by', models.DateTimeField(blank=True, null=True)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('acted_at', models.DateTimeField(blank=True, null=True)),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('look_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by_name', models.CharField(blank=True, max_length=60)),
                ('conclusion', models.TextField(blank=True, verbose_name='办结意见')),
                ('lessons', models.TextField(blank=True, verbose_name='教训和改进')),
                ('version', models.PositiveIntegerField(default=1)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handler', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='incidents.incident')),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.outlet')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='涉事单位')),
            ],
            options={
                'verbose_name': '事件',
                'indexes': [models.Index(fields=['status', 'claim_by'], name='incidents_i_status_a979ab_idx'), models.Index(fields=['reported_at'], name='incidents_i_reporte_fa94a0_idx'), models.Index(fields=['unit', 'status'], name='incidents_i_unit_id_7ea09c_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['open', 'claimed', 'handling', 'referred', 'closed', 'dismissed', 'merged'])), name='incident_status_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['harmful', 'wording', 'leak', 'privacy', 'tampered', 'hijacked', 'outage', 'opinion', 'rumour', 'impersonation', 'rights', 'other'])), name='incident_kind_is_known'), models.CheckConstraint(condition=models.Q(('severity__in', ['extreme', 'grave', 'serious', 'ordinary'])), name='incident_severity_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['person', 'patrol', 'probe', 'public', 'superior'])), name='incident_source_is_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='incident_has_a_title'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(models.Q(('conclusion', ''), _negated=True), models.Q(('lessons', ''), _negated=True), ('ended_by__isnull', False)), _connector='OR'), name='incident_closed_with_lessons_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'dismissed'), _negated=True), models.Q(models.Q(('conclusion', ''), _negated=True), ('ended_by__isnull', False)), _connector='OR'), name='incident_dismissed_with_a_reason_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='incident_merged_into_another'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('status__in', ('closed', 'dismissed', 'merged'))), models.Q(models.Q(('status__in', ('closed', 'dismissed', 'merged')), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='incident_ended_at_a_moment'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'dismissed', 'merged']), models.Q(('claimed_at__isnull', False), ('handler__isnull', False)), _connector='OR'), name='incident_worked_on_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('watch', models.CharField(choices=[('claim', '没有人认领'), ('act', '没有开始处置'), ('clear', '有害内容没有清除')], max_length=5)),
                ('minutes', models.SmallIntegerField()),
                ('audience', models.CharField(choices=[('duty', '值班人员'), ('handler', '处置人'), ('leader', '单位主管领导'), ('department', '宣传部'), ('security', '保卫/信息化'), ('above', '上级单位主管领导')], max_length=10)),
                ('at', models.DateTimeField()),
                ('reached', models.PositiveSmallIntegerField(default=0)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='incidents.incident')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('incident', 'round', 'watch', 'minutes', 'audience'), name='alarm_once_a_round')],
            },
        ),
        migrations.CreateModel(
            name='IncidentTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=24, unique=True)),
                ('value', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('value__range', (0, 10080))), name='incident_term_within_a_week')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(choices=[('publicity', '宣传部'), ('guard', '保卫处'), ('network', '信息化部门'), ('cyberspace', '网信部门'), ('police', '公安机关')], max_length=10, verbose_name='送往')),
                ('addressee', models.CharField(max_length=100, verbose_name='收文单位')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='文号')),
                ('year', models.PositiveSmallIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('is_drill', models.BooleanField(default=False)),
                ('facts', models.TextField(verbose_name='情况')),
                ('request', models.TextField(verbose_name='请办事项')),
                ('attachments', models.CharField(blank=True, max_length=300, verbose_name='附件')),
                ('sent_at', models.DateTimeField()),
                ('sent_by_name', models.CharField(max_length=60)),
                ('sent_by_unit', models.CharField(blank=True, max_length=100)),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('received_by', models.CharField(blank=True, max_length=60, verbose_name='签收人')),
                ('receipt_note', models.CharField(blank=True, max_length=500, verbose_name='签收备注')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='incidents.incident')),
                ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '转送函',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('office__in', ['cyberspace', 'guard', 'network', 'police', 'publicity'])), name='letter_office_known'), models.UniqueConstraint(fields=('year', 'serial', 'is_drill'), name='letter_serial_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', True), ('received_by', ''), ('recorded_by__isnull', True)), models.Q(('received_at__isnull', False), ('recorded_by__isnull', False), models.Q(('received_by', ''), _negated=True)), _connector='OR'), name='letter_received_by_somebody'), models.CheckConstraint(condition=models.Q(('is_drill', False), models.Q(('office__in', ['cyberspace', 'police']), _negated=True), _connector='OR'), name='drill_never_leaves_the_house')],
            },
        ),
        migrations.CreateModel(
            name='IncidentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=60)),
                ('by_unit', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='incidents.incident')),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.letter')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LookUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.CharField(max_length=32)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'indexes': [models.Index(fields=['sender', 'at'], name='incidents_l_sender_48fc86_idx')],
            },
        ),
        migrations.CreateModel(
            name='PublicReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(unique=True)),
                ('receipt', models.CharField(max_length=20, unique=True, verbose_name='回执号')),
                ('key_hash', models.CharField(max_length=64)),
                ('contact_name', models.CharField(blank=True, max_length=40, verbose_name='联系人')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name='联系电话')),
                ('contact_email', models.CharField(blank=True, max_length=120, verbose_name='联系邮箱')),
                ('sender', models.CharField(blank=True, db_index=True, max_length=32)),
                ('reported_at', models.DateTimeField(db_index=True)),
                ('incident', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='public_report', to='incidents.incident')),
            ],
            options={
                'verbose_name': '公开举报',
                'constraints': [models.CheckConstraint(condition=models.Q(('key_hash__regex', '^[0-9a-f]{64}$')), name='report_key_is_hashed')],
            },
        ),
        migrations.CreateModel(
            name='Responder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('why', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responders', to='incidents.incident')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('incident', 'user'), name='called_once_to_an_incident')],
            },
        ),
    ]
